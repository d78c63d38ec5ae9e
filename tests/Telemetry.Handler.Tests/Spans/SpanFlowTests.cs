using System.Diagnostics;
using System.Net;
using CostLedger.Records;
using Telemetry.Handler.Attempts;
using Telemetry.Handler.Diagnostics;
using Telemetry.Handler.Spans;
using Telemetry.Handler.Tests.Bodies;
using Xunit;

namespace Telemetry.Handler.Tests.Spans;

/// <summary>Which span is current, where, and which is whose child.</summary>
public sealed class SpanFlowTests : IDisposable
{
    private readonly ActivitySource _source = new(new ActivitySourceOptions(Guid.NewGuid().ToString("N")));
    private readonly HttpRequestMessage _request = Calls.Request();

    public void Dispose()
    {
        _source.Dispose();
        _request.Dispose();
    }

    [Fact]
    public void The_callers_span_is_the_parent_and_is_current_again_afterwards()
    {
        using var spans = new SpanCollector(_source.Name);
        using var caller = new Activity("caller").Start();

        var span = Start()!;
        Assert.Same(span.Activity, Activity.Current);
        span.Leave();

        Assert.Same(caller, Activity.Current);
        span.Finish(Calls.End);
        Assert.Same(caller, Activity.Current);
        Assert.Equal(caller.SpanId, spans.Stopped[0].ParentSpanId);
    }

    [Fact]
    public async Task Ending_in_somebody_elses_context_leaves_their_span_alone()
    {
        using var spans = new SpanCollector(_source.Name);
        var span = await Task.Run(Start, TestContext.Current.CancellationToken);
        using var reader = new Activity("reader").Start();

        span!.Finish(Calls.End);

        Assert.Same(reader, Activity.Current);
    }

    [Fact]
    public async Task Ending_leaves_a_current_span_alone_that_was_stopped_elsewhere()
    {
        using var spans = new SpanCollector(_source.Name);
        var span = await Task.Run(Start, TestContext.Current.CancellationToken);
        var reader = new Activity("reader").Start();
        await Task.Run(reader.Stop, TestContext.Current.CancellationToken);

        span!.Finish(Calls.End);

        Assert.Same(reader, Activity.Current);
    }

    [Fact]
    public void Ending_works_where_the_flow_of_contexts_is_suppressed()
    {
        using var spans = new SpanCollector(_source.Name);
        var span = Start()!;
        span.Leave();
        using var reader = new Activity("reader").Start();

        using (ExecutionContext.SuppressFlow())
        {
            span.Finish(Calls.End);
        }

        Assert.Same(reader, Activity.Current);
        Assert.Single(spans.Stopped);
    }

    [Fact]
    public void Work_runs_with_the_span_as_the_current_one()
    {
        using var caller = new Activity("caller").Start();
        using var other = new Activity("other");
        Activity? seen = null;

        CurrentActivity.Run(caller, this, _ => seen = Activity.Current);
        Assert.Same(caller, seen);
        CurrentActivity.Run(null, this, _ => seen = Activity.Current);
        Assert.Same(caller, seen);
        Assert.Same(caller, Activity.Current);
    }

    [Fact]
    public async Task The_runtimes_http_spans_lie_below_ours()
    {
        using var server = new RawServer();
        using var spans = new SpanCollector(_source.Name);
        using var native = new SpanCollector("System.Net.Http");
        var handler = new TracingHandler(_source);
        using var http = new HttpClient(handler);

        await server.CaptureAsync(async url =>
        {
            using var response = await http.PostAsync(url, new StringContent("{}"), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Null(Activity.Current);
        });

        var ours = Assert.Single(spans.Stopped);
        Assert.Contains(native.Stopped, s => s.ParentSpanId == ours.SpanId && s.TraceId == ours.TraceId);
    }

    [Fact]
    public void A_second_attempt_with_the_same_message_links_to_the_first()
    {
        using var spans = new SpanCollector(_source.Name);
        var groups = new AttemptGroups(TimeProvider.System);
        for (var i = 0; i < 2; i++)
        {
            var attempt = groups.Begin(_request, new AttemptStart { Id = Calls.Id, Timestamp = 0, Operation = Operation.Messages });
            var span = InferenceSpan.Start(_source, new SpanOptions(), Calls.Start(_request) with { Attempt = attempt.Info })!;
            attempt.Span = span.Attempt;
            span.Finish(Calls.End);
        }

        Assert.Equal(spans.Stopped[0].Context, Assert.Single(spans.Stopped[1].Links).Context);
    }

    private InferenceSpan? Start() => InferenceSpan.Start(_source, new SpanOptions(), Calls.Start(_request));

    private sealed class TracingHandler(ActivitySource source) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var span = InferenceSpan.Start(source, new SpanOptions(), Calls.Start(request))!;
            var response = await base.SendAsync(request, cancellationToken);
            span.Finish(Calls.End);
            return response;
        }
    }
}
