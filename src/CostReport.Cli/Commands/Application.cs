using System.Diagnostics.CodeAnalysis;
using CostLedger.Storage;
using CostReport.Cli.Arguments;
using CostReport.Cli.Attempts;
using CostReport.Cli.Caching;
using CostReport.Cli.Completion;
using CostReport.Cli.Contexts;
using CostReport.Cli.Conversations;
using CostReport.Cli.Estimates;
using CostReport.Cli.Estimates.Accuracy;
using CostReport.Cli.Exporting;
using CostReport.Cli.Help;
using CostReport.Cli.Limits;
using CostReport.Cli.Live.Glances;
using CostReport.Cli.Live.Serving;
using CostReport.Cli.Live.Watching;
using CostReport.Cli.Statistics;
using CostReport.Cli.Tools;
using CostReport.Cli.Whatifs;
using CostReport.Cli.World;

namespace CostReport.Cli.Commands;

/// <summary>From words to an exit status. Whatever goes wrong is one line on standard error.</summary>
internal static class Application
{
    /// <summary>Runs the program.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "The one boundary: a user must never see a stack trace.")]
    public static ExitCode Run(IReadOnlyList<string> words, Surroundings surroundings)
    {
        try
        {
            return Dispatch(CommandLine.Parse(words), surroundings);
        }
        catch (OutputClosedException)
        {
            // The reader has seen enough, as in 'costreport calls | head'.
            return ExitCode.Fine;
        }
        catch (UserError error)
        {
            return Fail(surroundings, error.Code, error.Message);
        }
        catch (LedgerException error)
        {
            return Fail(surroundings, ExitCode.NoLedger, error.Message);
        }
        catch (OverflowException)
        {
            return Fail(surroundings, ExitCode.Fault, "the costs add up to more than 9.2 billion dollars, which cannot be; ask for a shorter period to find the call");
        }
        catch (IOException error)
        {
            return Fail(surroundings, ExitCode.Fault, $"the report cannot be written: {error.Message}");
        }
        catch (Exception error)
        {
            return Fail(surroundings, ExitCode.Fault, $"a fault of costreport ({error.GetType().FullName}: {error.Message}); please report it with the command line");
        }
    }

    private static ExitCode Dispatch(ParsedLine line, Surroundings surroundings)
    {
        if (line.Has("--help"))
        {
            return Print(HelpText.Of(line.Command), surroundings);
        }

        if (line.Has("--version"))
        {
            return Print($"costreport {surroundings.Version}\n", surroundings);
        }

        var invocation = InvocationReader.Read(line, surroundings.Time);
        LedgerGuard.Reject(invocation, line);
        return line.Command.Name switch
        {
            "models" => ModelsCommand.Run(invocation, surroundings),
            "calls" => CallsCommand.Run(invocation, surroundings),
            "calls show" => CallShowCommand.Run(invocation, surroundings),
            "latency" => LatencyCommand.Run(invocation, surroundings),
            "errors" => ErrorsCommand.Run(invocation, surroundings),
            "attempts" => AttemptsCommand.Run(invocation, surroundings),
            "limits" => LimitsCommand.Run(invocation, surroundings),
            "context" => ContextCommand.Run(invocation, surroundings),
            "conversations" => ConversationsCommand.Run(invocation, surroundings),
            "sessions" => SessionsCommand.Run(invocation, surroundings),
            "tools" => ToolsCommand.Run(invocation, surroundings),
            "cache" => CacheCommand.Run(invocation, line, surroundings),
            "estimate" when line.Has("--accuracy") => AccuracyCommand.Run(invocation, surroundings),
            "estimate" => EstimateCommand.Run(invocation, line, surroundings),
            "whatif" => WhatifCommand.Run(invocation, line, surroundings),
            "export" => ExportCommand.Run(invocation, line, surroundings),
            "watch" => WatchCommand.Run(line, surroundings),
            "serve" => ServeCommand.Run(line, surroundings),
            "statusline" => StatusLineCommand.Run(line, surroundings),
            "prices list" => PricesCommand.List(invocation, surroundings),
            "prices show" => PricesCommand.Show(invocation, surroundings),
            "prices check" => PricesCommand.Check(invocation, surroundings),
            "prices reprice" => RepriceCommand.Run(invocation, surroundings),
            "prune" => PruneCommand.Run(invocation, surroundings),
            "completion" => CompletionCommand.Run(invocation, surroundings),
            "doctor" => DoctorCommand.Run(invocation, surroundings),
            _ => UsageCommand.Run(invocation, surroundings),
        };
    }

    private static ExitCode Print(string text, Surroundings surroundings)
    {
        ReportWriter.Text(surroundings, writer => writer.Write(text));
        return ExitCode.Fine;
    }

    private static ExitCode Fail(Surroundings surroundings, ExitCode code, string message)
    {
        var line = message.ReplaceLineEndings(" ");
        surroundings.Errors.Write($"costreport: {SafeText.Clean(line)}\n");
        surroundings.Errors.Flush();
        return code;
    }
}
