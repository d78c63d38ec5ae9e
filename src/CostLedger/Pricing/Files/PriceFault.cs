using System.Globalization;

namespace CostLedger.Pricing.Files;

/// <summary>One thing that is wrong with a price file.</summary>
/// <param name="Path">Where, as a JSON path from <c>$</c>; empty when it is about the file itself.</param>
/// <param name="Line">The line, from 1; 0 when it is about the file itself.</param>
/// <param name="Message">What is wrong, and what would be right.</param>
public sealed record PriceFault(string Path, int Line, string Message)
{
    /// <summary>The fault in one line: <c>line 12, $.models[3].model: is missing</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Line == 0
        ? Message
        : string.Create(CultureInfo.InvariantCulture, $"line {Line}, {Path}: {Message}");
}
