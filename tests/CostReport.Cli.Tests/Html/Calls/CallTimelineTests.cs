using CostLedger.Records;
using CostReport.Cli.Charts.Calls;
using CostReport.Cli.Html.Calls;
using CostReport.Cli.Tests.Doubles;
using Xunit;

namespace CostReport.Cli.Tests.Html.Calls;

public sealed class CallTimelineTests
{
    [Fact]
    public void A_stream_has_a_first_token() =>
        Assert.Equal([PhaseKind.Headers, PhaseKind.FirstToken, PhaseKind.Content], Phases(Sample.Call(Sample.Now, 1)));

    [Fact]
    public void The_body_of_an_answer_that_is_not_streamed_is_no_token()
    {
        var call = Sample.Call(Sample.Now, 1);

        Assert.Equal([PhaseKind.Headers, PhaseKind.FirstEvent, PhaseKind.Content], Phases(call with { IsStream = false, Timing = call.Timing with { FirstContent = null } }));
    }

    private static IEnumerable<PhaseKind> Phases(CallRecord call) => CallTimeline.Of([call]).Rows[0].Phases.Select(p => p.Kind);
}
