using System.Text;
using CostReport.Cli.Arguments;
using CostReport.Cli.Arguments.Specs;
using CostReport.Cli.Output;

namespace CostReport.Cli.Help;

/// <summary>Writes the help of a command, at most 80 characters wide.</summary>
internal static class HelpText
{
    private const int Width = 80;
    private const int Left = 24;

    /// <summary>The help.</summary>
    public static string Of(CommandSpec command)
    {
        var text = new StringBuilder();
        Paragraph(text, command.Text, "");
        text.Append($"\nUsage: {Usage(command)}\n");
        foreach (var details in command.Details)
        {
            text.Append('\n');
            Paragraph(text, details, "");
        }

        Commands(text, command);
        foreach (var group in command.Options.GroupBy(o => o.Group, StringComparer.Ordinal))
        {
            text.Append($"\n{group.Key}:\n");
            foreach (var option in group)
            {
                Entry(text, Name(option), option.Text);
            }
        }

        Examples(text, command);
        return text.ToString();
    }

    /// <summary>How a command is called.</summary>
    public static string Usage(CommandSpec command)
    {
        var nested = command.IsGroup || command.Name.Length == 0;
        var argument = command.Argument is null ? "" : $" {command.Argument}";
        return $"{command.FullName}{(command.IsGroup ? " COMMAND" : nested ? " [COMMAND]" : "")}{argument} [OPTIONS]";
    }

    /// <summary>An option with its value.</summary>
    public static string Name(OptionSpec option)
    {
        var alias = option.Alias is null ? "" : $"{option.Alias}, ";
        return option switch
        {
            { Value: null } => alias + option.Name,
            { ValueIsOptional: true } => $"{alias}{option.Name} [{option.Value}]",
            _ => $"{alias}{option.Name} {option.Value}",
        };
    }

    private static void Commands(StringBuilder text, CommandSpec command)
    {
        var nested = CommandCatalog.All
            .Where(c => !c.IsGroup && c.Name.Length > 0 && (command.Name.Length == 0 || c.Name.StartsWith(command.Name + " ", StringComparison.Ordinal)))
            .ToList();
        if (nested.Count == 0)
        {
            return;
        }

        text.Append("\nCommands:\n");
        foreach (var spec in nested)
        {
            Entry(text, spec.Argument is null ? spec.Name : $"{spec.Name} {spec.Argument}", spec.Text);
        }
    }

    private static void Examples(StringBuilder text, CommandSpec command)
    {
        if (command.Examples.Count == 0)
        {
            return;
        }

        text.Append("\nExamples:\n");
        foreach (var (line, meaning) in command.Examples)
        {
            text.Append($"  {line}\n");
            Paragraph(text, meaning, "      ");
        }
    }

    private static void Entry(StringBuilder text, string name, string meaning)
    {
        var lines = CellText.Wrap(meaning, Width - Left);
        var head = $"  {name}";
        var fits = head.Length < Left - 1;
        text.Append(fits ? head.PadRight(Left) + lines[0] : head).Append('\n');
        foreach (var line in lines.Skip(fits ? 1 : 0))
        {
            text.Append(new string(' ', Left)).Append(line).Append('\n');
        }
    }

    private static void Paragraph(StringBuilder text, string paragraph, string indent)
    {
        foreach (var line in CellText.Wrap(paragraph, Width - indent.Length))
        {
            text.Append(indent).Append(line).Append('\n');
        }
    }
}
