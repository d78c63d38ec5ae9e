using System.Globalization;
using CostLedger.Records;
using CostReport.Cli.Documents;
using CostReport.Cli.Html.Markup;

namespace CostReport.Cli.Html.Tables;

/// <summary>One cell of a table on a page.</summary>
/// <param name="Content">What it shows.</param>
/// <param name="Key">The number that it is sorted by; null: by its text.</param>
/// <param name="Tone">What it means.</param>
internal readonly record struct HtmlCell(SafeHtml Content, string? Key = null, Tone Tone = Tone.Plain)
{
    private const int BarWidth = 72;
    private const string Unknown = "–";

    /// <summary>The class that says where its text goes on in the next line; empty: nowhere.</summary>
    public string Break { get; init; } = "";

    /// <summary>Our own words.</summary>
    public static HtmlCell Text(string text, Tone tone = Tone.Plain) => new(SafeHtml.Of($"{text}"), null, tone) { Break = LongText.Class(text) };

    /// <summary>A name from the ledger.</summary>
    public static HtmlCell Name(string? name) => new(SafeHtml.Of($"{new ShownName(name)}")) { Break = LongText.Class(name) };

    /// <summary>Whatever a cell of a report says.</summary>
    public static HtmlCell Of(Cell cell) => new(SafeHtml.Of($"{new ShownName(cell.Text)}"), null, cell.Tone) { Break = LongText.Class(cell.Text) };

    /// <summary>A whole number.</summary>
    public static HtmlCell Count(long count) => new(SafeHtml.Of($"{Figures.Count(count)}"), KeyOf(count));

    /// <summary>A whole number, told in short.</summary>
    public static HtmlCell Short(long count, string text) => new(SafeHtml.Of($"{text}"), KeyOf(count));

    /// <summary>Money.</summary>
    public static HtmlCell Money(NanoUsd amount, int places, Tone tone = Tone.Plain) =>
        new(SafeHtml.Of($"{Figures.Money(amount, places)}"), KeyOf(amount.Value), tone);

    /// <summary>A part of a whole.</summary>
    public static HtmlCell Percent(decimal part, decimal whole, Tone tone = Tone.Plain) => whole == 0
        ? None
        : new(SafeHtml.Of($"{Figures.Percent(part, whole)}"), KeyOf(part / whole), tone);

    /// <summary>A time; a dash where it is not known.</summary>
    public static HtmlCell Duration(TimeSpan? time) => time is { } known
        ? new(SafeHtml.Of($"{Figures.Duration(known)}"), KeyOf(known.Ticks))
        : None;

    /// <summary>A moment, sorted by time.</summary>
    public static HtmlCell Moment(string text, DateTimeOffset moment) => new(SafeHtml.Of($"{text}"), KeyOf(moment.UtcTicks));

    /// <summary>Nothing is known; sorted after all that is.</summary>
    public static HtmlCell None { get; } = new(SafeHtml.Of($"{Unknown}"), "", Tone.Muted);

    /// <summary>A bar; the figure stands beside it, so it says nothing to those who do not see it.</summary>
    /// <param name="share">How long, 0 to 1.</param>
    public static HtmlCell Bar(double share)
    {
        var width = Math.Round(Math.Clamp(double.IsFinite(share) ? share : 0, 0, 1) * BarWidth, 1).ToString(CultureInfo.InvariantCulture);
        return new(SafeHtml.Of($"<svg class=\"bar\" width=\"{BarWidth}\" height=\"10\" aria-hidden=\"true\"><rect width=\"{width}\" height=\"10\"/></svg>"));
    }

    private static string KeyOf(decimal value) => value.ToString("0.############", CultureInfo.InvariantCulture);
}
