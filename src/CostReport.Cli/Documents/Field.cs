using System.Globalization;
using CostLedger.Records;

namespace CostReport.Cli.Documents;

/// <summary>An exact value for a program: a text, a number, a truth, or nothing.</summary>
/// <param name="Text">The value as text; null for nothing.</param>
/// <param name="Kind">What it is.</param>
internal readonly record struct Field(string? Text, FieldKind Kind)
{
    /// <summary>Nothing.</summary>
    public static Field Null => default;

    /// <summary>A text.</summary>
    public static Field Of(string? text) => new(text, FieldKind.Text);

    /// <summary>A number.</summary>
    public static Field Of(long? number) => new(number?.ToString(CultureInfo.InvariantCulture), FieldKind.Number);

    /// <summary>A number with decimal places, as text so that nothing rounds it.</summary>
    public static Field Of(decimal? number) => new(number?.ToString(CultureInfo.InvariantCulture), FieldKind.Decimal);

    /// <summary>Money: dollars with nine places.</summary>
    public static Field Of(NanoUsd? money) => new(money?.ToString(), FieldKind.Decimal);

    /// <summary>A truth.</summary>
    public static Field Of(bool value) => new(value ? "true" : "false", FieldKind.Truth);
}
