using CostLedger.Querying.Caching.Findings;
using Xunit;

namespace CostLedger.Tests.Querying.Caching;

public sealed class VerdictsTests
{
    [Theory]
    [InlineData("system_changed", "system_changed", VerdictMatch.Agrees)]
    [InlineData("tools_reordered", "tools_changed", VerdictMatch.Agrees)]
    [InlineData("speed_or_geo_changed", "model_changed", VerdictMatch.Agrees)]
    [InlineData("images_changed", "messages_changed", VerdictMatch.Agrees)]
    [InlineData("system_changed", "tools_changed", VerdictMatch.Disagrees)]
    [InlineData("provider_evicted", "messages_changed", VerdictMatch.Disagrees)]
    [InlineData("system_changed", "none", VerdictMatch.Disagrees)]
    [InlineData("provider_evicted", "none", VerdictMatch.Agrees)]
    [InlineData("ttl_expired_5m", "none", VerdictMatch.Agrees)]
    [InlineData(null, "none", VerdictMatch.Agrees)]
    public void Two_diagnoses_are_compared(string? ours, string theirs, VerdictMatch expected) => Assert.Equal(expected, Verdicts.Match(ours, theirs));

    [Theory]
    [InlineData("system_changed", "pending")]
    [InlineData("tool_choice_changed", "unavailable")]
    [InlineData("workspace_changed", "previous_message_not_found")]
    [InlineData("unknown", "tools_changed")]
    [InlineData("ttl_expired_1h", "tools_changed")]
    [InlineData(null, "messages_changed")]
    [InlineData("system_changed", "some_new_type")]
    public void What_says_nothing_of_a_loss_is_not_compared(string? ours, string theirs) =>
        Assert.Equal(VerdictMatch.NotComparable, Verdicts.Match(ours, theirs));
}
