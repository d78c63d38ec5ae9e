namespace CostReport.Cli.Output;

/// <summary>What the reader's screen can do.</summary>
/// <param name="Width">Characters in a line; <see cref="Unlimited"/> where output is no terminal.</param>
/// <param name="HasColor">Whether colours may be used.</param>
/// <param name="Ascii">Whether only ASCII may be used.</param>
internal sealed record Screen(int Width, bool HasColor, bool Ascii)
{
    /// <summary>The width of a file.</summary>
    public const int Unlimited = int.MaxValue;

    private const int Narrowest = 40;
    private const int WidestDrawing = 100;

    /// <summary>Lines on the screen; null where nothing can be drawn over what is there.</summary>
    public int? Height { get; init; }

    /// <summary>The width for tables: narrow screens wrap rather than lose figures.</summary>
    public int TableWidth => Math.Max(Width, Narrowest);

    /// <summary>The width for sentences and drawings.</summary>
    public int DrawingWidth => Math.Clamp(Width, Narrowest, WidestDrawing);
}
