using CostReport.Cli.Arguments;
using CostReport.Cli.Arguments.Specs;
using CostReport.Cli.World;

namespace CostReport.Cli.Completion;

/// <summary>A script that completes words in a shell.</summary>
internal static class CompletionCommand
{
    /// <summary>Runs the command.</summary>
    /// <exception cref="UserError">The shell is not known.</exception>
    public static ExitCode Run(Invocation invocation, Surroundings surroundings)
    {
        var shell = invocation.Argument ?? "";
        var script = shell switch
        {
            "bash" => BashScript.Text(),
            "zsh" => ZshScript.Text(),
            "fish" => FishScript.Text(),
            "pwsh" => PwshScript.Text(),
            _ => throw UserError.Usage(
                $"there is no completion for '{SafeText.Short(shell)}'{Suggestion.For(shell, OptionValues.Shells)}; give one of {string.Join(", ", OptionValues.Shells)}"),
        };
        ReportWriter.Text(surroundings, writer => writer.Write(script));
        return ExitCode.Fine;
    }
}
