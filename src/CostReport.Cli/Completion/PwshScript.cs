using System.Text;
using CostReport.Cli.Arguments;
using CostReport.Cli.Arguments.Specs;

namespace CostReport.Cli.Completion;

/// <summary>The script for PowerShell; where it offers nothing, PowerShell offers files.</summary>
internal static class PwshScript
{
    /// <summary>The script.</summary>
    public static string Text() => $$"""
        # Completion of costreport for PowerShell. In the file that $PROFILE names:
        # costreport completion pwsh | Out-String | Invoke-Expression
        Register-ArgumentCompleter -Native -CommandName costreport -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)
            $commands = @{
        {{Commands()}}
            }
            $valued = @({{string.Join(", ", CompletionWords.Valued.Select(Quote))}})
            $command = ''
            $previous = ''
            foreach ($element in @($commandAst.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $cursorPosition })) {
                $word = $element.ToString()
                $longer = "$command $word".Trim()
                if (($valued -notcontains $previous) -and $commands.ContainsKey($longer)) { $command = $longer }
                $previous = $word
            }
            $known = $commands[$command]
            if ($known.Values.ContainsKey($previous)) { $found = $known.Values[$previous] }
            elseif ($valued -contains $previous) { return }
            elseif ($wordToComplete.StartsWith('-')) { $found = $known.Options }
            else { $found = $known.Words }
            foreach ($entry in $found.GetEnumerator()) {
                if ($entry.Key.StartsWith($wordToComplete, [StringComparison]::Ordinal)) {
                    [System.Management.Automation.CompletionResult]::new($entry.Key, $entry.Key, 'ParameterValue', $entry.Value)
                }
            }
        }

        """;

    private static string Commands() => string.Join('\n', CommandCatalog.All.Select(Command));

    private static string Command(CommandSpec command)
    {
        var text = new StringBuilder($"        {Quote(command.Name)} = @{{\n");
        text.Append($"            Words = {Table(CompletionWords.Following(command))}\n");
        text.Append($"            Options = {Table(command.Options.SelectMany(o => CompletionWords.Names(o).Select(n => (n, CompletionWords.Brief(o.Text)))))}\n");
        var values = command.Options.Where(o => o.Values.Count > 0).Select(o => $"{Quote(o.Name)} = {Table(o.Values.Select(v => (v, "")))}");
        return text.Append($"            Values = @{{ {string.Join("; ", values)} }}\n        }}").ToString();
    }

    // A tooltip must not be empty.
    private static string Table(IEnumerable<(string Word, string Meaning)> entries) =>
        $"[ordered]@{{ {string.Join("; ", entries.Select(e => $"{Quote(e.Word)} = {Quote(e.Meaning.Length > 0 ? e.Meaning : e.Word)}"))} }}";

    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
