using System.Globalization;
using CostReport.Cli.Arguments;
using CostReport.Cli.Documents;
using CostReport.Cli.Live.Glances;
using CostReport.Cli.Output;
using CostReport.Cli.Sources;
using CostReport.Cli.World;

namespace CostReport.Cli.Live.Watching;

/// <summary>A pipe or a file: a line for each change.</summary>
/// <param name="surroundings">The world.</param>
/// <param name="ascii">Whether only ASCII may be used.</param>
internal sealed class LineDisplay(Surroundings surroundings, bool ascii) : IWatchDisplay
{
    private string _last = "";

    /// <inheritdoc/>
    public bool IsStale => false;

    /// <inheritdoc/>
    public string Make(ILedgerSource ledger, Invocation invocation)
    {
        var glance = Glance.Read(ledger, invocation.Filter, invocation.Period, surroundings.Time.GetUtcNow());
        var separator = ascii ? " | " : " · ";
        var failed = glance.Totals.Errors > 0 ? $"{separator}{Figures.Count(glance.Totals.Errors, "failed attempt")}" : "";
        return $"{GlanceLine.Of(glance, "", ascii)}{separator}{Figures.Count(glance.Totals.Calls, "call")}{failed}";
    }

    /// <inheritdoc/>
    public void Show(string text) => Put(text);

    /// <inheritdoc/>
    public void Trouble(string text) => Put(text);

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private void Put(string text)
    {
        if (string.Equals(text, _last, StringComparison.Ordinal))
        {
            return;
        }

        _last = text;
        var now = TimeZoneInfo.ConvertTime(surroundings.Time.GetUtcNow(), surroundings.Time.LocalTimeZone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        ReportWriter.Text(surroundings, writer => writer.Write($"{now}  {CellText.Fit(text, ascii)}\n"));
    }
}
