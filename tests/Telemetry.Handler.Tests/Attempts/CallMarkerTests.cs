using Telemetry.Handler.Attempts;
using Xunit;

namespace Telemetry.Handler.Tests.Attempts;

public sealed class CallMarkerTests
{
    [Fact]
    public void A_second_handler_in_the_chain_sees_that_the_call_is_observed()
    {
        using var request = new HttpRequestMessage();

        Assert.True(CallMarker.TryEnter(request));
        Assert.False(CallMarker.TryEnter(request));
    }

    [Fact]
    public void A_message_that_is_sent_again_is_observed_again()
    {
        using var request = new HttpRequestMessage();
        CallMarker.TryEnter(request);
        CallMarker.Leave(request);

        Assert.True(CallMarker.TryEnter(request));
    }
}
