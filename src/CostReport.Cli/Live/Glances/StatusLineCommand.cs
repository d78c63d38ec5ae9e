using System.Diagnostics.CodeAnalysis;
using CostReport.Cli.Arguments;
using CostReport.Cli.Arguments.Specs;
using CostReport.Cli.Output;
using CostReport.Cli.World;

namespace CostReport.Cli.Live.Glances;

/// <summary>A short line for a prompt. Whatever is wrong with the ledger is said in it: a prompt must neither break nor wait.</summary>
internal static class StatusLineCommand
{
    // A ledger that another has locked is tried for seconds; nobody waits so long for a prompt.
    private static readonly TimeSpan s_longest = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs the command.</summary>
    public static ExitCode Run(ParsedLine line, Surroundings surroundings)
    {
        var template = line.One(LiveSpecs.Template.Name) is { } text ? GlanceTemplate.Parse(text) : null;
        var invocation = new LiveQuestion(line, surroundings.Time, "today").Now();
        var ascii = invocation.Ascii || surroundings.Screen().Ascii;
        var memory = new GlanceMemory(surroundings.Remembered(invocation.Ledger), surroundings.Stamp(invocation.Ledger), surroundings.Time);
        var question = Question(line, invocation, ascii, surroundings.Version);
        var written = memory.Find(question)
            ?? Ask(invocation, surroundings, glance => Kept(CellText.Fit(template?.Fill(glance) ?? GlanceLine.Of(glance, "today", ascii), ascii), question, memory));
        ReportWriter.Text(surroundings, writer => writer.Write($"{SafeText.Clean(written)}\n"));
        return ExitCode.Fine;
    }

    private static string Kept(string line, string question, GlanceMemory memory)
    {
        memory.Keep(question, line);
        return line;
    }

    // All on which the line depends beside the ledger.
    private static string Question(ParsedLine line, Invocation invocation, bool ascii, string version) => string.Join('\n',
    [
        version, $"{invocation.Period.Since:O}", invocation.Period.Zone.Id, $"{ascii}",
        .. line.Values.OrderBy(v => v.Key, StringComparer.Ordinal).SelectMany(v => v.Value.Prepend(v.Key)),
    ]);

    [SuppressMessage("Design", "CA1031", Justification = "A prompt must not break, whatever is wrong with the ledger.")]
    private static string Ask(Invocation invocation, Surroundings surroundings, Func<Glance, string> write)
    {
        try
        {
            // The thread that still tries does not keep the process from ending.
            return write(Task.Run(() => Read(invocation, surroundings)).WaitAsync(s_longest, surroundings.Time).GetAwaiter().GetResult());
        }
        catch (TimeoutException)
        {
            return "ledger busy";
        }
        catch (OverflowException)
        {
            return "ledger damaged";
        }
        catch (Exception)
        {
            return surroundings.Stamp(invocation.Ledger) == default ? "no ledger" : "ledger unreadable";
        }
    }

    private static Glance Read(Invocation invocation, Surroundings surroundings)
    {
        // A line that says what is done would stay in the prompt.
        using var ledger = LedgerOpener.Open(invocation, surroundings with { IsErrorTerminal = false });
        return Glance.Read(ledger, invocation.Filter, invocation.Period, surroundings.Time.GetUtcNow());
    }
}
