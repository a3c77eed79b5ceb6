<?cs include:"macros.cs" ?>
<?cs def:report_count(figure) ?><?cs if:figure.url ?><a href="<?cs var:figure.url ?>"><?cs var:figure.count ?></a><?cs else ?><?cs var:figure.count ?><?cs /if ?><?cs /def ?>
<?cs def:report_promise(promise) ?><?cs if:?promise.share ?><?cs if:promise.url ?><a href="<?cs var:promise.url ?>"><?cs var:promise.share ?></a><?cs else ?><?cs var:promise.share ?><?cs /if ?> (<?cs var:promise.percent ?> %)<?cs if:promise.missed_url ?> <a class="badge badge-late" href="<?cs var:promise.missed_url ?>"><?cs var:promise.missed ?></a><?cs /if ?><?cs else ?>–<?cs /if ?><?cs /def ?>
<?cs def:report_time(value) ?><?cs if:value ?><?cs var:value ?><?cs else ?>–<?cs /if ?><?cs /def ?>
<?cs def:content() ?>
<div class="page-head">
  <div><h1><?cs var:Page.title ?></h1><?cs if:?Report.span ?><p class="subtitle"><?cs var:Report.span ?></p><?cs /if ?></div>
  <div class="actions"><a class="button" href="<?cs var:Requests.url ?>"><?cs var:Lang.requests.title ?></a></div>
</div>
<?cs call:filter_errors() ?>
<form class="request-filter" method="get" action="<?cs var:Filter.action ?>" aria-label="<?cs var:Lang.request_report.month ?>">
  <div><label for="from"><?cs var:Lang.request_report.from ?></label> <input id="from" name="from" value="<?cs var:Filter.from ?>" size="8" maxlength="7" autocomplete="off"></div>
  <div><label for="to"><?cs var:Lang.request_report.to ?></label> <input id="to" name="to" value="<?cs var:Filter.to ?>" size="8" maxlength="7" autocomplete="off"></div>
  <button class="button" type="submit"><?cs var:Lang.filter.apply ?></button>
</form>
<?cs if:subcount(FilterError) == 0 ?>
<?cs if:subcount(Month) == 0 ?><div class="empty"><p><strong><?cs var:Lang.request_report.empty ?></strong></p></div>
<?cs else ?>
<?cs each:month = Month ?>
<h2 id="month-<?cs name:month ?>"><?cs var:month.name ?></h2>
<section class="table-region" aria-labelledby="month-<?cs name:month ?>" tabindex="0">
<table class="list request-report">
  <thead>
    <tr><th scope="col" rowspan="2"><?cs var:Lang.column.level ?></th><th scope="col" rowspan="2" class="number"><?cs var:Lang.request_report.taken ?></th><th scope="col" rowspan="2" class="number"><?cs var:Lang.request_report.solved ?></th><th scope="col" rowspan="2" class="number"><?cs var:Lang.request_report.passed_on ?></th><th scope="col" rowspan="2"><?cs var:Lang.request_report.response_kept ?></th><th scope="col" rowspan="2"><?cs var:Lang.request_report.restore_kept ?></th><th scope="colgroup" colspan="2"><?cs var:Lang.request_report.response_time ?></th><th scope="colgroup" colspan="2"><?cs var:Lang.request_report.restore_time ?></th></tr>
    <tr><th scope="col"><?cs var:Lang.request_report.median ?></th><th scope="col"><?cs var:Lang.request_report.ninety ?></th><th scope="col"><?cs var:Lang.request_report.median ?></th><th scope="col"><?cs var:Lang.request_report.ninety ?></th></tr>
  </thead>
  <tbody>
  <?cs each:row = month.Row ?><tr>
    <th scope="row" data-label="<?cs var:Lang.column.level ?>"><div><span class="badge badge-level"><?cs var:row.level ?></span> <?cs var:row.name ?></div></th>
    <td class="number" data-label="<?cs var:Lang.request_report.taken ?>"><?cs call:report_count(row.taken) ?></td>
    <td class="number" data-label="<?cs var:Lang.request_report.solved ?>"><?cs call:report_count(row.solved) ?></td>
    <td class="number" data-label="<?cs var:Lang.request_report.passed_on ?>"><?cs call:report_count(row.passed_on) ?></td>
    <td data-label="<?cs var:Lang.request_report.response_kept ?>"><div><?cs call:report_promise(row.response) ?></div></td>
    <td data-label="<?cs var:Lang.request_report.restore_kept ?>"><div><?cs call:report_promise(row.restore) ?></div></td>
    <td data-label="<?cs var:Lang.request_report.response_time ?>: <?cs var:Lang.request_report.median ?>"><?cs call:report_time(row.response_median) ?></td>
    <td data-label="<?cs var:Lang.request_report.response_time ?>: <?cs var:Lang.request_report.ninety ?>"><?cs call:report_time(row.response_ninety) ?></td>
    <td data-label="<?cs var:Lang.request_report.restore_time ?>: <?cs var:Lang.request_report.median ?>"><?cs call:report_time(row.restore_median) ?></td>
    <td data-label="<?cs var:Lang.request_report.restore_time ?>: <?cs var:Lang.request_report.ninety ?>"><?cs call:report_time(row.restore_ninety) ?></td>
  </tr><?cs /each ?>
  </tbody>
</table>
</section>
<?cs /each ?>
<p class="form-help"><?cs var:Lang.request_report.explain ?></p>
<?cs /if ?><?cs /if ?>
<?cs /def ?>
<?cs include:"layout.cs" ?>
