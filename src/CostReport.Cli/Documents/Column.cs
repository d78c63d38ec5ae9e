namespace CostReport.Cli.Documents;

/// <summary>One column of a table.</summary>
/// <param name="Name">The heading.</param>
/// <param name="Importance">Columns of the least importance go first when the table is too wide; <see cref="Always"/> stays.</param>
internal sealed record Column(string Name, int Importance)
{
    /// <summary>The importance of a column that is never left out.</summary>
    public const int Always = 100;

    /// <summary>Whether it holds figures, which are never shortened and stand to the right.</summary>
    public bool IsFigure { get; init; } = true;

    /// <summary>Whether it holds bars.</summary>
    public bool IsBar { get; init; }

    /// <summary>Whether it holds drawings made of characters, which need letters of one width and each of their spaces.</summary>
    public bool IsDrawing { get; init; }

    /// <summary>How many characters of words are left at least.</summary>
    public int Least { get; init; } = 14;

    /// <summary>A column of words, shortened in the middle where space is scarce.</summary>
    public static Column Words(string name, int importance) => new(name, importance) { IsFigure = false };

    /// <summary>A column of ids: a part of an id is of no use.</summary>
    public static Column Ids(string name, int importance) => new(name, importance) { IsFigure = false, Least = int.MaxValue };

    /// <summary>A column of lines drawn with characters.</summary>
    public static Column Drawings(string name, int importance) => Ids(name, importance) with { IsDrawing = true };

    /// <summary>A column of bars.</summary>
    public static Column Bars(int importance) => new("", importance) { IsFigure = false, IsBar = true };
}
