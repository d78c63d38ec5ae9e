using CostLedger.Records;
using Telemetry.Handler.Labels;
using Xunit;

namespace Telemetry.Handler.Tests.Labels;

public sealed class CallContextTests
{
    private static CallLabels Labels => AmbientLabels.Current.Labels;

    [Fact]
    public void A_scope_within_another_inherits_and_overrides()
    {
        using (CallContext.Begin("outer", new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = "1", ["b"] = "1" }, "talk"))
        {
            using (CallContext.Begin("inner", new Dictionary<string, string>(StringComparer.Ordinal) { ["b"] = "2" }))
            {
                Assert.Equal(("inner", "talk"), (Labels.Session, Labels.Conversation));
                Assert.Equal([new("a", "1"), new("b", "2")], Labels.Tags);
            }

            Assert.Equal("outer", Labels.Session);
            Assert.Equal([new("a", "1"), new("b", "1")], Labels.Tags);
        }

        Assert.Same(CallLabels.None, Labels);
    }

    [Fact]
    public async Task A_scope_holds_across_awaits_and_in_work_that_it_starts()
    {
        Task<string?> late;
        var gate = new TaskCompletionSource();
        using (CallContext.Begin("s"))
        {
            await Task.Yield();
            Assert.Equal("s", Labels.Session);
            late = LateAsync(gate.Task);
        }

        gate.SetResult();

        Assert.Equal("s", await late);
        Assert.Null(Labels.Session);
    }

    [Fact]
    public async Task Scopes_of_parallel_work_do_not_mix()
    {
        var sessions = await Task.WhenAll(Enumerable.Range(0, 50).Select(async i =>
        {
            using var scope = CallContext.Begin($"s{i}");
            await Task.Yield();
            return Labels.Session;
        }));

        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"s{i}"), sessions, StringComparer.Ordinal);
    }

    [Fact]
    public void Scopes_may_end_in_any_order_and_more_than_once()
    {
        var outer = CallContext.Begin("outer");
        var inner = CallContext.Begin("inner");

        outer.Dispose();
        Assert.Equal("inner", Labels.Session);
        inner.Dispose();
        Assert.Null(Labels.Session);
        inner.Dispose();
        outer.Dispose();
        Assert.Null(Labels.Session);
    }

    [Fact]
    public void Tags_are_copied_when_the_scope_begins()
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = "1" };
        using var scope = CallContext.Begin(tags: tags);

        tags["a"] = "2";

        Assert.Equal("1", Labels.Tags["a"]);
    }

    private static async Task<string?> LateAsync(Task gate)
    {
        await gate;
        return Labels.Session;
    }
}
