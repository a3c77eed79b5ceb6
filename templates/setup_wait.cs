<?cs include:"macros.cs" ?>
<?cs def:content() ?>
<div class="page-head"><h1><?cs var:Page.title ?></h1></div>
<?cs if:Setup.problem ?><div class="notice notice-error" role="alert"><p><?cs var:Setup.problem ?></p></div><?cs /if ?>
<?cs if:?Setup.wait ?>
<p class="lead"><?cs var:Lang.setup.wait ?></p>
<div class="setup-way">
<p><?cs var:Lang.setup.how ?></p>
<pre class="example"><code>supportlevel setup-link</code></pre>
<p><?cs var:Lang.setup.how_installed ?></p>
<pre class="example"><code>runuser -u supportlevel -- supportlevel setup-link</code></pre>
</div>
<?cs /if ?>
<?cs if:?Setup.login ?><p><a class="button button-primary" href="<?cs var:Setup.login ?>"><?cs var:Lang.login.submit ?></a></p><?cs /if ?>
<?cs /def ?>
<?cs include:"layout.cs" ?>
