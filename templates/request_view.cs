<?cs include:"macros.cs" ?>
<?cs include:"form.cs" ?>
<?cs include:"request.cs" ?>
<?cs def:request_promise(state) ?><?cs if:state == "kept" ?> <span class="badge badge-done"><?cs var:Lang.request_promise.kept ?></span><?cs elif:state == "broken" || state == "overdue" ?> <span class="badge badge-late"><?cs var:Lang.request_promise[state] ?></span><?cs /if ?><?cs /def ?>
<?cs def:request_cards() ?>
<dl class="cards request-cards">
  <div class="card"><dt><?cs var:Lang.request.state ?></dt><dd><?cs var:Lang.request_state[Request.state] ?><?cs if:?Clock.since ?><small><?cs var:Lang.request.clock_stands ?> <?cs var:Clock.since ?></small><?cs /if ?><?cs if:?Request.solved_at ?><small><?cs var:Request.solved_at ?></small><?cs /if ?></dd></div>
  <div class="card"><dt><?cs var:Lang.entitlement.respond_by ?></dt><dd><?cs if:?Request.respond_by ?><time datetime="<?cs var:Request.respond_by_iso ?>"><?cs var:Request.respond_by ?></time><?cs call:request_promise(Request.response) ?><?cs else ?><?cs var:Lang.level.no_promise ?><?cs /if ?><?cs if:?Request.responded_at ?><small><?cs var:Lang.request.responded ?> <?cs var:Request.responded_at ?></small><?cs /if ?></dd></div>
  <div class="card"><dt><?cs var:Lang.entitlement.restore_by ?></dt><dd><?cs if:?Request.restore_by ?><time datetime="<?cs var:Request.restore_by_iso ?>"><?cs var:Request.restore_by ?></time><?cs call:request_promise(Request.restore) ?><?cs elif:?Clock.left ?><?cs var:Clock.left ?> <?cs var:Lang.request.left ?><?cs else ?><?cs var:Lang.level.no_promise ?><?cs /if ?></dd></div>
  <?cs if:Request.caller ?><div class="card"><dt><?cs var:Lang.field.caller ?></dt><dd><?cs var:Request.caller ?></dd></div><?cs /if ?>
  <div class="card"><dt><?cs var:Lang.field.queue ?></dt><dd><a href="<?cs var:Queue.url ?>"><span class="badge badge-level"><?cs var:Request.level ?></span> <?cs var:Request.level_name ?></a></dd></div>
  <div class="card"><dt><?cs var:Lang.request.user ?></dt><dd><?cs if:?Request.user ?><?cs var:Request.user ?><?cs else ?><?cs var:Lang.request.nobody ?><?cs /if ?></dd></div>
</dl>
<?cs /def ?>
<?cs def:request_promises() ?>
<section class="request-promise" aria-labelledby="promise">
<h2 id="promise"><?cs var:Lang.request.promise ?></h2>
<?cs if:?Promise.level ?>
<dl class="facts">
  <div class="fact"><dt><?cs var:Lang.field.level ?></dt><dd><span class="badge badge-level"><?cs var:Promise.level ?></span> <?cs var:Promise.name ?></dd></div>
  <div class="fact"><dt><?cs var:Lang.level.response ?></dt><dd><?cs var:Promise.response ?></dd></div>
  <div class="fact"><dt><?cs var:Lang.level.restore ?></dt><dd><?cs var:Promise.restore ?></dd></div>
  <div class="fact"><dt><?cs var:Lang.field.service_calendar ?></dt><dd><?cs if:?Promise.hours ?><?cs var:Promise.hours ?><?cs else ?><?cs var:Lang.service_calendar.level_without ?><?cs /if ?></dd></div>
</dl>
<?cs if:?Today.code ?>
<div class="notice"><p><?cs var:Lang.request.today_else ?></p>
<dl class="facts">
  <div class="fact"><dt><?cs var:Lang.level.response ?></dt><dd><?cs var:Today.response ?></dd></div>
  <div class="fact"><dt><?cs var:Lang.level.restore ?></dt><dd><?cs var:Today.restore ?></dd></div>
  <div class="fact"><dt><?cs var:Lang.field.service_calendar ?></dt><dd><?cs if:?Today.calendar ?><?cs var:Today.calendar_hours ?><?cs else ?><?cs var:Lang.service_calendar.level_without ?><?cs /if ?></dd></div>
</dl></div>
<?cs /if ?>
<?cs else ?><p><?cs var:Lang.request.without_level ?></p><?cs /if ?>
</section>
<?cs /def ?>
<?cs def:request_entries() ?>
<section aria-labelledby="steps">
<h2 id="steps"><?cs var:Lang.request.steps ?></h2>
<ol class="steps"><?cs each:entry = Entry ?>
  <li class="step step-<?cs var:entry.kind ?>"><p class="step-head"><strong><?cs var:Lang.request_step.name[entry.kind] ?></strong><?cs if:?entry.from ?> <span class="badge badge-level"><?cs var:entry.from ?></span> <span aria-hidden="true">→</span> <span class="badge badge-level"><?cs var:entry.level ?></span><?cs /if ?> <span class="step-who"><?cs var:entry.by ?>, <time datetime="<?cs var:entry.at_iso ?>"><?cs var:entry.at ?></time></span></p>
  <?cs if:entry.caller ?><p class="step-caller"><?cs var:Lang.field.caller ?>: <?cs var:entry.caller ?></p><?cs /if ?><?cs if:entry.text != "" ?><p class="step-text"><?cs var:entry.text ?></p><?cs /if ?></li><?cs /each ?>
</ol>
</section>
<?cs /def ?>
<?cs def:request_button(step, style) ?><?cs if:Can[step] ?><button class="button<?cs var:style ?>" type="submit" name="step" value="<?cs var:step ?>"><?cs var:Lang.request_step.do[step] ?></button> <?cs /if ?><?cs /def ?>
<?cs def:request_forms() ?>
<section class="request-next" aria-labelledby="next">
<h2 id="next"><?cs var:Lang.request.next ?></h2>
<form class="form" method="post" action="<?cs var:Form.action ?>" data-guard>
  <?cs call:form_hidden() ?>
  <div class="form-field<?cs if:?errors.text ?> has-error<?cs /if ?>">
    <label for="text"><?cs var:Lang.request.step_text ?></label>
    <textarea id="text" name="text" rows="4" maxlength="10000" aria-describedby="<?cs if:?errors.text ?>text-error <?cs /if ?>text-help"<?cs if:?errors.text ?> aria-invalid="true"<?cs /if ?>>
<?cs var:Form.text ?></textarea>
    <p class="form-help" id="text-help"><?cs if:Request.state == "solved" ?><?cs var:Lang.request.step_text_solved ?><?cs elif:Request.state == "waiting" ?><?cs var:Lang.request.step_text_waiting ?><?cs else ?><?cs var:Lang.request.step_text_help ?><?cs /if ?></p>
    <?cs if:?errors.text ?><p class="form-error" id="text-error"><?cs var:errors.text ?></p><?cs /if ?>
  </div>
  <div class="form-actions">
    <?cs call:request_button("resumed", " button-primary") ?><?cs if:Can.resumed ?><?cs call:request_button("answered", "") ?><?cs else ?><?cs call:request_button("answered", " button-primary") ?><?cs /if ?><?cs call:request_button("asked", "") ?><?cs call:request_button("solved", "") ?><?cs call:request_button("reopened", " button-primary") ?><?cs call:request_button("noted", "") ?>
  </div>
  <?cs if:Can.passed_on ?>
  <fieldset class="request-pass<?cs if:?errors.level ?> has-error<?cs /if ?>">
    <legend><?cs var:Lang.request.pass ?></legend>
    <?cs if:?Target.why ?><p class="form-help" id="level-why"><?cs var:Target.why ?></p><?cs /if ?>
    <label for="level"><?cs var:Lang.request.pass_to ?></label>
    <select id="level" name="level"<?cs if:?errors.level ?> aria-invalid="true" aria-describedby="level-error"<?cs elif:?Target.why ?> aria-describedby="level-why"<?cs /if ?>><option value=""><?cs var:Lang.form.choose ?></option><?cs each:target = Target ?><?cs if:?target.value ?><option value="<?cs var:target.value ?>"<?cs if:target.selected ?> selected<?cs /if ?>><?cs var:target.text ?></option><?cs /if ?><?cs /each ?></select>
    <button class="button" type="submit" name="step" value="passed_on"><?cs var:Lang.request_step.do.passed_on ?></button>
    <?cs if:?Back.level ?><button class="button" type="submit" name="step" value="handed_back"><?cs var:Lang.request_step.do.handed_back ?> <?cs var:Back.level ?></button><?cs /if ?>
    <?cs if:?errors.level ?><p class="form-error" id="level-error"><?cs var:errors.level ?></p><?cs /if ?>
  </fieldset>
  <?cs /if ?>
</form>
</section>
<?cs /def ?>
<?cs def:request_quick(step, style) ?><?cs if:Can[step] ?><form method="post" action="<?cs var:Form.action ?>"><?cs call:form_hidden() ?><button class="button<?cs var:style ?>" type="submit" name="step" value="<?cs var:step ?>"><?cs if:step == "taken" && ?Request.user ?><?cs var:Lang.request_step.do.taken_over ?><?cs else ?><?cs var:Lang.request_step.do[step] ?><?cs /if ?></button></form><?cs /if ?><?cs /def ?>
<?cs def:content() ?>
<div class="page-head">
  <div><h1><?cs var:Page.title ?></h1>
  <p class="subtitle"><a href="<?cs var:Request.customer_url ?>"><?cs var:Request.customer ?></a> (<?cs var:Customer.number ?>) · <a href="<?cs var:Contract.url ?>"><?cs var:Contract.number ?> <?cs var:Contract.title ?></a></p></div>
  <div class="actions"><a class="button" href="<?cs var:Customer.entitlement ?>"><?cs var:Lang.entitlement.link ?></a> <a class="button" href="<?cs var:Customer.requests ?>"><?cs var:Lang.request.of_customer ?></a><?cs if:Page.can.edit ?> <?cs call:request_quick("released", "") ?> <?cs call:request_quick("taken", " button-primary") ?><?cs /if ?></div>
</div>
<?cs if:?Conflict.text ?><div class="notice notice-warning" role="alert" tabindex="-1" id="conflict"><h2><?cs var:Lang.request.conflict ?></h2><p><?cs var:Conflict.text ?> (<?cs var:Conflict.at ?>)</p><p><?cs var:Lang.request.conflict_explain ?></p></div><?cs /if ?>
<?cs if:errors.count > 0 ?><div class="notice notice-error" role="alert" tabindex="-1" id="errors"><h2><?cs var:Lang.form.errors ?></h2><ul><?cs if:?errors.text ?><li><a href="#text"><?cs var:errors.text ?></a></li><?cs /if ?><?cs if:?errors.level ?><li><a href="#level"><?cs var:errors.level ?></a></li><?cs /if ?></ul></div><?cs /if ?>
<?cs call:request_cards() ?>
<?cs call:request_entries() ?>
<?cs if:Page.can.edit ?><?cs call:request_forms() ?><?cs /if ?>
<?cs call:request_promises() ?>
<?cs /def ?>
<?cs include:"layout.cs" ?>
