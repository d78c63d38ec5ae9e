using CostReport.Cli.Arguments.Specs;

namespace CostReport.Cli.Arguments;

/// <summary>A command line, taken apart but not yet understood.</summary>
/// <param name="Command">The command.</param>
/// <param name="Argument">Its argument; null where none was given.</param>
/// <param name="Values">The values of every option that was given, by name; empty for a switch.</param>
internal sealed record ParsedLine(CommandSpec Command, string? Argument, IReadOnlyDictionary<string, IReadOnlyList<string>> Values)
{
    /// <summary>Whether an option was given.</summary>
    public bool Has(string option) => Values.ContainsKey(option);

    /// <summary>All values of an option.</summary>
    public IReadOnlyList<string> All(string option) => Values.TryGetValue(option, out var values) ? values : [];

    /// <summary>The value of an option that may be given once; null when it was not.</summary>
    public string? One(string option) => All(option) switch
    {
        [] => null,
        [var value] => value,
        _ => throw UserError.Usage($"{option} may be given only once"),
    };
}
