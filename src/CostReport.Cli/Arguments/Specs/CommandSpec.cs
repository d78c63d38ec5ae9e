namespace CostReport.Cli.Arguments.Specs;

/// <summary>One command: parsed, explained in the help and in the documentation from this one place.</summary>
/// <param name="Name">The words after <c>costreport</c>; empty for the summary.</param>
/// <param name="Text">One sentence.</param>
internal sealed record CommandSpec(string Name, string Text)
{
    /// <summary>What the argument is called, in brackets where it may be left out; null where there is none.</summary>
    public string? Argument { get; init; }

    /// <summary>The values of the argument, where they are few.</summary>
    public IReadOnlyList<string> ArgumentValues { get; init; } = [];

    /// <summary>What the one sentence leaves out, as paragraphs.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];

    /// <summary>The options, in the order of the help.</summary>
    public IReadOnlyList<OptionSpec> Options { get; init; } = [];

    /// <summary>Examples: a line and what it does.</summary>
    public IReadOnlyList<(string Line, string Text)> Examples { get; init; } = [];

    /// <summary>Whether it only stands before other words.</summary>
    public bool IsGroup { get; init; }

    /// <summary>Whether the argument must be given.</summary>
    public bool NeedsArgument => Argument is not null && !Argument.StartsWith('[');

    /// <summary>Finds an option by name; null where the command does not have it.</summary>
    public OptionSpec? FindOption(string name) => Options.FirstOrDefault(o => string.Equals(o.Name, name, StringComparison.Ordinal));

    /// <summary>How it is called.</summary>
    public string FullName => Name.Length == 0 ? "costreport" : $"costreport {Name}";
}
