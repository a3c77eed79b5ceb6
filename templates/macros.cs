<?cs # what several pages show alike ?>
