namespace CostReport.Cli.Documents;

/// <summary>What an exact value is.</summary>
internal enum FieldKind
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>Money or another number with decimal places; a string in JSON.</summary>
    Decimal,

    /// <summary>True or false.</summary>
    Truth,

    /// <summary>A list or an object, as JSON.</summary>
    Json,
}
