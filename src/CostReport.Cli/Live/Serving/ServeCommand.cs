using CostReport.Cli.Arguments;
using CostReport.Cli.Arguments.Specs;
using CostReport.Cli.World;

namespace CostReport.Cli.Live.Serving;

/// <summary>The report in a browser, as it grows.</summary>
internal static class ServeCommand
{
    /// <summary>Runs the command until it is stopped.</summary>
    public static ExitCode Run(ParsedLine line, Surroundings surroundings)
    {
        var question = new LiveQuestion(line, surroundings.Time, "7d");
        FirstLook.Take(question.Now(), surroundings);
        var token = line.One(LiveSpecs.TokenFile.Name) is { } file ? AccessToken.Of(file) : AccessToken.Create();
        using var stop = surroundings.Stop();
        using var listener = LoopbackListener.Start(line.One(LiveSpecs.Port.Name), out var address);
        var site = new Site(question, surroundings, token);
        ReportWriter.Text(surroundings, writer => writer.Write($"{address}{token.Text}/\n"));
        surroundings.Errors.Write($"Open this address in a browser; Ctrl+C ends. For Prometheus: {address}metrics, with the token as its bearer.\n");
        surroundings.Errors.Flush();

        // A console program has no context to come back to, so that waiting here cannot deadlock.
        new Server(site, new EventStream(site, question.Every, surroundings.Time), surroundings).RunAsync(listener, stop.Token).GetAwaiter().GetResult();
        return ExitCode.Fine;
    }
}
