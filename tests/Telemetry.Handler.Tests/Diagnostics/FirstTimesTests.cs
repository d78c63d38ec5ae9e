using Telemetry.Handler.Diagnostics;
using Xunit;

namespace Telemetry.Handler.Tests.Diagnostics;

public sealed class FirstTimesTests
{
    [Fact]
    public void A_text_is_new_once()
    {
        var seen = new FirstTimes(10);

        Assert.True(seen.IsFirst("a"));
        Assert.False(seen.IsFirst("a"));
        Assert.True(seen.IsFirst("b"));
    }

    [Fact]
    public void Beyond_the_bound_nothing_is_new()
    {
        var seen = new FirstTimes(1);

        Assert.True(seen.IsFirst("a"));
        Assert.False(seen.IsFirst("b"));
    }
}
