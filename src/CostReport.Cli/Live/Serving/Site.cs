using CostLedger.Storage;
using CostReport.Cli.Arguments;
using CostReport.Cli.Live.Exposing;
using CostReport.Cli.World;

namespace CostReport.Cli.Live.Serving;

/// <summary>What there is to read, and who may. It answers requests; it knows nothing of sockets.</summary>
internal sealed class Site
{
    private readonly Gate _gate;
    private readonly Fresh<LiveView> _view;
    private readonly Fresh<string> _metrics;

    /// <summary>Makes the site of a question.</summary>
    public Site(LiveQuestion question, Surroundings surroundings, AccessToken token)
    {
        var path = question.Now().Ledger;
        _gate = new Gate(token);
        _view = new Fresh<LiveView>(() => LiveView.Read(question, surroundings), () => surroundings.Stamp(path), surroundings.Time)
        {
            Passing = view => view.Trouble is null ? null : question.Every,
        };
        _metrics = new Fresh<string>(() => Metrics(question.Now(), surroundings), () => surroundings.Stamp(path), surroundings.Time);
    }

    /// <summary>Which report there is now.</summary>
    public long Version => _view.Get().Version;

    /// <summary>Answers a request.</summary>
    public Reply Answer(Request request) => _gate.Refuse(request, out var path) ?? path switch
    {
        "/" => Page(),
        "/body" => Body(_view.Get().Value),
        "/events" => new Reply(200, Reply.EventType, "") { IsEvents = true },
        "/metrics" => ReadMetrics(),
        _ => Reply.Text(404, "nothing is here; there are the report, events and metrics"),
    };

    // A page keeps what it shows, and says why it is not renewed.
    private static Reply Body(LiveView view) =>
        view.Trouble is { } trouble ? Reply.Text(503, SafeText.Clean(trouble)) : Reply.Html(200, view.Body.ToString());

    private Reply Page()
    {
        var (version, view) = _view.Get();
        return Reply.Html(view.Trouble is null ? 200 : 503, view.ToPage(version));
    }

    private Reply ReadMetrics()
    {
        try
        {
            return new Reply(200, MetricsText.MediaType, _metrics.Get().Value);
        }
        catch (Exception error) when (error is LedgerException or UserError or OverflowException)
        {
            return Reply.Text(503, SafeText.Clean(error.Message));
        }
    }

    private static string Metrics(Invocation invocation, Surroundings surroundings)
    {
        using var ledger = LedgerOpener.Open(invocation, surroundings);
        return LedgerMetrics.Of(ledger, invocation.Filter, surroundings.Version);
    }
}
