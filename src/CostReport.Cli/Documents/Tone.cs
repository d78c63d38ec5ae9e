namespace CostReport.Cli.Documents;

/// <summary>What a piece of text means; each form of output decides how it looks.</summary>
internal enum Tone
{
    /// <summary>Nothing special.</summary>
    Plain,

    /// <summary>Less important.</summary>
    Muted,

    /// <summary>More important.</summary>
    Strong,

    /// <summary>Good news.</summary>
    Good,

    /// <summary>Bad news.</summary>
    Bad,

    /// <summary>Needs a look.</summary>
    Doubtful,
}
