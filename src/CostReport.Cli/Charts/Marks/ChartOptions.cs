namespace CostReport.Cli.Charts.Marks;

/// <summary>How a chart is drawn; the same for every kind.</summary>
internal sealed record ChartOptions
{
    /// <summary>For a file with one picture.</summary>
    public static ChartOptions Alone { get; } = new();

    /// <summary>Begins every id in the picture; a page gives each of its pictures another one.</summary>
    public string Id { get; init; } = "chart";

    /// <summary>The width in pixels; the height follows from what is shown.</summary>
    public double Width { get; init; } = 960;

    /// <summary>The empty space at the edges in pixels.</summary>
    public double Margin { get; init; } = 20;

    /// <summary>Whether the style sheet and the page's colour are inside; a page that holds pictures has <see cref="Svg.StyleSheet.ForPage"/> once.</summary>
    public bool HasStyle { get; init; } = true;

    /// <summary>Whether the title is to be seen, beside being there for screen readers.</summary>
    public bool HasHeading { get; init; } = true;

    /// <summary>For a page that says the title itself and holds the style sheet.</summary>
    /// <param name="id">Begins every id in the picture.</param>
    /// <param name="width">The width in pixels.</param>
    public static ChartOptions OnPage(string id, double width = 960) =>
        new() { Id = id, Width = width, Margin = 2, HasStyle = false, HasHeading = false };
}
