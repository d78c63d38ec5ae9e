using System.CommandLine;
using System.CommandLine.Parsing;
using CostReport.Cli.Arguments.Specs;

namespace CostReport.Cli.Arguments;

/// <summary>Takes a command line apart. The library splits it; every word a user sees is ours.</summary>
internal static class CommandLine
{
    private const int MostValues = 1000;

    private static readonly ParserConfiguration Configuration = new()
    {
        EnablePosixBundling = false,
        ResponseFileTokenReplacer = null,
    };

    /// <summary>Takes a command line apart.</summary>
    /// <exception cref="UserError">A word is unknown, or a value is missing.</exception>
    public static ParsedLine Parse(IReadOnlyList<string> words)
    {
        // The library would swallow [name] in front as a directive.
        if (words.Count > 0 && words[0].StartsWith('['))
        {
            throw Unknown(words[0], CommandCatalog.All[0]);
        }

        var result = Grammar().Parse(words, Configuration);
        var command = CommandCatalog.Find(NameOf(result.CommandResult)) ?? CommandCatalog.All[0];
        RejectValues(words, command);
        var values = Values(result.CommandResult);
        var argument = result.CommandResult.Children.OfType<ArgumentResult>().SelectMany(a => a.Tokens).FirstOrDefault()?.Value;
        if (argument is ['-', _, ..] && !words.Contains("--", StringComparer.Ordinal))
        {
            // The library takes an option that it does not know for the argument.
            throw Unknown(argument, command);
        }

        if (result.UnmatchedTokens.Count > 0)
        {
            throw Unknown(result.UnmatchedTokens[0], command);
        }

        if (argument is null && command.Argument is not null)
        {
            argument = TakeArgument(values, command);
        }

        if (!values.ContainsKey("--help"))
        {
            RejectMissing(result, command, argument);
            RejectForeign(values.Keys, command);
        }

        return new ParsedLine(command, argument, values);
    }

    // A word behind an option that may stand alone is the argument where that would be missing: estimate --compare FILE.
    private static string? TakeArgument(Dictionary<string, IReadOnlyList<string>> values, CommandSpec command)
    {
        var option = command.Options.FirstOrDefault(o => o.ValueIsOptional && values.TryGetValue(o.Name, out var given) && given.Count == 1);
        if (option is null)
        {
            return null;
        }

        var word = values[option.Name][0];
        values[option.Name] = [];
        return word;
    }

    private static Command Grammar()
    {
        var byName = new Dictionary<string, Command>(StringComparer.Ordinal);
        foreach (var spec in CommandCatalog.All)
        {
            var words = spec.Name.Split(' ');
            var command = new Command(words[^1].Length == 0 ? "costreport" : words[^1]);
            command.SetAction(static _ => 0);
            byName.Add(spec.Name, command);
            if (spec.Name.Length > 0)
            {
                byName[string.Join(' ', words[..^1])].Subcommands.Add(command);
            }

            if (spec.Argument is not null)
            {
                command.Arguments.Add(new Argument<string>(spec.Argument) { Arity = ArgumentArity.ZeroOrOne });
            }

            foreach (var option in spec.Options)
            {
                command.Options.Add(ToOption(option));
            }
        }

        return byName[""];
    }

    private static Option ToOption(OptionSpec spec)
    {
        string[] aliases = spec.Alias is null ? [] : [spec.Alias];
        return spec.Value is null
            ? new Option<bool>(spec.Name, aliases) { Arity = ArgumentArity.Zero }
            : new Option<string[]>(spec.Name, aliases) { Arity = new ArgumentArity(spec.ValueIsOptional ? 0 : 1, MostValues) };
    }

    private static string NameOf(CommandResult result) => result.Parent is CommandResult parent
        ? $"{NameOf(parent)} {result.Command.Name}".Trim()
        : "";

    // Options may stand before the command as well as after it.
    private static Dictionary<string, IReadOnlyList<string>> Values(CommandResult command)
    {
        var values = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        for (SymbolResult? level = command; level is CommandResult current; level = level.Parent)
        {
            foreach (var option in current.Children.OfType<OptionResult>().Where(o => !o.Implicit))
            {
                var given = option.Tokens.Select(t => t.Value).ToList();
                values[option.Option.Name] = values.TryGetValue(option.Option.Name, out var nearer) ? [.. given, .. nearer] : given;
            }
        }

        return values;
    }

    private static void RejectMissing(ParseResult result, CommandSpec command, string? argument)
    {
        foreach (var error in result.Errors)
        {
            if (error.SymbolResult is OptionResult { Tokens.Count: 0 } option)
            {
                var value = command.FindOption(option.Option.Name)?.Value ?? "value";
                throw UserError.Usage($"{option.Option.Name} needs a value: {option.Option.Name} {value}; see '{command.FullName} --help'");
            }

            throw UserError.Usage($"{SafeText.Clean(error.Message)}; see '{command.FullName} --help'");
        }

        if (command.NeedsArgument && string.IsNullOrWhiteSpace(argument))
        {
            throw UserError.Usage($"{command.Name} needs an argument: {command.FullName} {command.Argument}; see '{command.FullName} --help'");
        }

        if (command.IsGroup)
        {
            var names = CommandCatalog.All.Where(c => c.Name.StartsWith(command.Name + " ", StringComparison.Ordinal));
            throw UserError.Usage($"{command.Name} needs one of {string.Join(", ", names.Select(c => c.Name.Split(' ')[^1]))}; see '{command.FullName} --help'");
        }
    }

    // The library would take the value for a word of its own.
    private static void RejectValues(IEnumerable<string> words, CommandSpec command)
    {
        foreach (var name in words.Where(w => w.StartsWith("--", StringComparison.Ordinal) && w.Contains('=', StringComparison.Ordinal)).Select(w => w[..w.IndexOf('=', StringComparison.Ordinal)]))
        {
            if (command.FindOption(name) is { Value: null })
            {
                throw UserError.Usage($"{name} takes no value; give it alone");
            }
        }
    }

    // An option of the summary given before a command that does not have it.
    private static void RejectForeign(IEnumerable<string> given, CommandSpec command)
    {
        var foreign = given.FirstOrDefault(name => command.FindOption(name) is null);
        if (foreign is not null)
        {
            throw UserError.Usage($"'{command.FullName}' has no option {foreign}; see '{command.FullName} --help'");
        }
    }

    // The one command below that would take the word: 'calls show ID' for 'calls ID'.
    private static string Taking(string word, string prefix)
    {
        var takers = CommandCatalog.All.Where(c => prefix.Length > 0 && c.Argument is not null && c.Name.StartsWith(prefix, StringComparison.Ordinal)).ToList();
        return takers is [var taker] ? $" (did you mean '{taker.Name} {SafeText.Short(word)}'?)" : "";
    }

    // A word without dashes was meant to be a command, where one is nearly as near as the option.
    private static string Meant(string word, IReadOnlyList<string> commands, IEnumerable<string> options)
    {
        var command = Suggestion.For(word, commands);
        var option = Suggestion.For(word, options);
        return command.Length > 0 || option.Length == 0 ? command
            : Suggestion.For(word, commands, isGenerous: true) is { Length: > 0 } other ? other
            : option;
    }

    private static UserError Unknown(string word, CommandSpec command)
    {
        if (CommandCatalog.All.Any(c => c.FindOption(word) is not null))
        {
            return UserError.Usage($"'{command.FullName}' has no option {word}; see '{command.FullName} --help'");
        }

        var prefix = command.Name.Length == 0 ? "" : command.Name + " ";
        var nested = CommandCatalog.All
            .Where(c => c.Name.Length > prefix.Length && c.Name.StartsWith(prefix, StringComparison.Ordinal))
            .Select(c => c.Name[prefix.Length..])
            .Where(name => !name.Contains(' ', StringComparison.Ordinal));
        var isOption = word.StartsWith('-');
        var suggestion = Meant(word, isOption ? [] : [.. nested], command.Options.Select(o => o.Name));
        suggestion = suggestion.Length > 0 || isOption ? suggestion : Taking(word, prefix);
        var what = isOption ? "option" : nested.Any() ? "command" : "argument";
        var advice = suggestion.Length > 0 ? suggestion : $"; see '{command.FullName} --help'";
        return UserError.Usage($"unknown {what} '{SafeText.Short(word)}'{advice}");
    }
}
