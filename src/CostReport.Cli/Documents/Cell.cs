namespace CostReport.Cli.Documents;

/// <summary>One cell of a table.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Tone">What that means.</param>
/// <param name="Share">For a column of bars: how long the bar is, 0 to 1.</param>
internal readonly record struct Cell(string Text, Tone Tone = Tone.Plain, double Share = 0)
{
    /// <summary>An empty cell.</summary>
    public static Cell Empty { get; } = new("");

    /// <summary>A cell without a tone.</summary>
    public static implicit operator Cell(string text) => new(text);
}
