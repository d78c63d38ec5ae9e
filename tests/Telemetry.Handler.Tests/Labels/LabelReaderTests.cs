using System.Diagnostics;
using CostLedger.Records;
using Telemetry.Handler.Labels;
using Telemetry.Handler.Requests;
using Xunit;

namespace Telemetry.Handler.Tests.Labels;

public sealed class LabelReaderTests
{
    private const string ClaudeCode = """{"device_id":"d","account_uuid":"a","session_id":"s-1"}""";
    private static readonly LabelReader Plain = new(hash: null);

    [Fact]
    public void The_request_goes_before_the_scope_and_the_scope_before_claude_code()
    {
        using var bare = new HttpRequestMessage();
        using var labelled = new HttpRequestMessage();
        labelled.Options.Set(MessagesRequestOptions.Session, "of the request");

        var alone = Plain.Read(bare, ClaudeCode).Labels.Session;
        using var scope = CallContext.Begin("of the scope");

        Assert.Equal("s-1", alone);
        Assert.Equal("of the scope", Plain.Read(bare, ClaudeCode).Labels.Session);
        Assert.Equal("of the request", Plain.Read(labelled, ClaudeCode).Labels.Session);
    }

    [Fact]
    public void All_labels_of_a_request_are_read_and_tags_are_joined()
    {
        using var request = new HttpRequestMessage();
        request.Options.Set(MessagesRequestOptions.Session, "s");
        request.Options.Set(MessagesRequestOptions.Conversation, "c");
        request.Options.Set(MessagesRequestOptions.Turn, 3);
        request.Options.Set(MessagesRequestOptions.Tags, new Dictionary<string, string>(StringComparer.Ordinal) { ["b"] = "request", ["c"] = "request" });
        using var scope = CallContext.Begin(tags: new Dictionary<string, string>(StringComparer.Ordinal) { ["b"] = "scope", ["a"] = "scope" });

        var (labels, faults) = Plain.Read(request, metadataUserId: null);

        Assert.Equal(("s", "c", 3), (labels.Session, labels.Conversation, labels.Turn));
        Assert.Equal([new("a", "scope"), new("b", "request"), new("c", "request")], labels.Tags);
        Assert.Empty(faults);
    }

    [Fact]
    public void A_session_of_claude_code_is_hashed_with_the_ledgers_key()
    {
        using var request = new HttpRequestMessage();

        var first = new LabelReader(new SessionHash(new byte[32])).Read(request, ClaudeCode).Labels.Session;
        var again = new LabelReader(new SessionHash(new byte[32])).Read(request, ClaudeCode).Labels.Session;
        var elsewhere = new LabelReader(new SessionHash([.. Enumerable.Repeat((byte)1, 32)])).Read(request, ClaudeCode).Labels.Session;

        Assert.Matches("^cc-[0-9a-f]{20}$", first);
        Assert.Equal(first, again);
        Assert.NotEqual(first, elsewhere, StringComparer.Ordinal);
        Assert.DoesNotContain("s-1", first, StringComparison.Ordinal);
    }

    [Fact]
    public void A_session_that_the_application_names_is_kept_as_it_is()
    {
        using var request = new HttpRequestMessage();
        request.Options.Set(MessagesRequestOptions.Session, "order-4711");

        Assert.Equal("order-4711", new LabelReader(new SessionHash(new byte[32])).Read(request, ClaudeCode).Labels.Session);
    }

    [Fact]
    public void Tags_beyond_the_bounds_are_cut_and_dropped_with_faults()
    {
        using var request = new HttpRequestMessage();
        var tags = Enumerable.Range(0, 40).ToDictionary(i => $"k{i:00}", i => i == 0 ? new string('v', 300) : "v", StringComparer.Ordinal);
        tags[new string('k', 65)] = "long key";
        tags[" "] = "no key";
        tags["null"] = null!;
        request.Options.Set(MessagesRequestOptions.Tags, tags);
        request.Options.Set(MessagesRequestOptions.Session, new string('s', 300));

        var (labels, faults) = Plain.Read(request, metadataUserId: null);

        Assert.Equal(Enumerable.Range(0, 32).Select(i => $"k{i:00}"), labels.Tags.Keys, StringComparer.Ordinal);
        Assert.Equal((256, 256), (labels.Tags["k00"].Length, labels.Session!.Length));
        Assert.Equal([RequestFault.SessionCut, RequestFault.TagsCut, RequestFault.TagsDropped], faults.Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public void A_cut_leaves_no_half_character()
    {
        using var scope = CallContext.Begin(new string('s', 255) + "😀");

        Assert.Equal(new string('s', 255), AmbientLabels.Current.Labels.Session);
    }

    [Fact]
    public void A_conversation_can_come_with_the_baggage()
    {
        using var request = new HttpRequestMessage();
        using var span = new Activity("caller").AddBaggage("gen_ai.conversation.id", "talk-7").Start();

        Assert.Equal("talk-7", Plain.Read(request, metadataUserId: null).Labels.Conversation);
        using var scope = CallContext.Begin(conversation: "talk-8");
        Assert.Equal("talk-8", Plain.Read(request, metadataUserId: null).Labels.Conversation);
    }

    [Fact]
    public void Without_labels_nothing_is_made()
    {
        using var request = new HttpRequestMessage();

        Assert.Same(CallLabels.None, Plain.Read(request, metadataUserId: "user-1").Labels);
    }
}
