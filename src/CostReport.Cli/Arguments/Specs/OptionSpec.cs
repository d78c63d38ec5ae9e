namespace CostReport.Cli.Arguments.Specs;

/// <summary>One option: parsed, explained in the help and in the documentation from this one place.</summary>
/// <param name="Name">The name, with its dashes.</param>
/// <param name="Value">What the value is called in the help; null for a switch.</param>
/// <param name="Group">The heading in the help.</param>
/// <param name="Text">What it does.</param>
internal sealed record OptionSpec(string Name, string? Value, string Group, string Text)
{
    /// <summary>Whether it may be given several times.</summary>
    public bool Repeatable { get; init; }

    /// <summary>Whether it may stand without its value.</summary>
    public bool ValueIsOptional { get; init; }

    /// <summary>The values that it takes, where they are few; one that ends with a colon goes on. Others may be taken too.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>A short name, with its dash.</summary>
    public string? Alias { get; init; }
}
