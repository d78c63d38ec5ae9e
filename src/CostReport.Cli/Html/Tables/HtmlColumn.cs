namespace CostReport.Cli.Html.Tables;

/// <summary>One column of a table on a page.</summary>
/// <param name="Name">The heading.</param>
internal sealed record HtmlColumn(string Name)
{
    /// <summary>Whether it holds figures, which stand to the right.</summary>
    public bool IsFigure { get; init; }

    /// <summary>Whether it is left out where the page is narrow, and on paper.</summary>
    public bool IsExtra { get; init; }

    /// <summary>Whether it can be sorted by; a column of pictures cannot.</summary>
    public bool CanSort { get; init; } = true;

    /// <summary>A column of words.</summary>
    public static HtmlColumn Words(string name) => new(name);

    /// <summary>A column of figures.</summary>
    public static HtmlColumn Figures(string name) => new(name) { IsFigure = true };

    /// <summary>A column of figures that a narrow page and paper can do without.</summary>
    public static HtmlColumn Extra(string name) => new(name) { IsFigure = true, IsExtra = true };

    /// <summary>A column of bars.</summary>
    public static HtmlColumn Bars() => new("") { CanSort = false, IsExtra = true };
}
