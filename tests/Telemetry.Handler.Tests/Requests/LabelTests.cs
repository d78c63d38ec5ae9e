using Telemetry.Handler.Requests;
using Xunit;

namespace Telemetry.Handler.Tests.Requests;

public sealed class LabelTests
{
    private const string Uuid = "11111111-2222-3333-4444-555555555555";

    private static readonly string OldForm = $"user_{new string('a', 64)}_account__session_{Uuid}";

    public static TheoryData<string, string?> UserIds => new()
    {
        { OldForm, Uuid },
        { $$"""{"device_id":"d","account_uuid":"","session_id":"{{Uuid}}"}""", Uuid },
        { "{\"session_id\":5}", null },
        { "{broken", null },
        { "customer-17", null },
        { "", null },
    };

    [Theory]
    [MemberData(nameof(UserIds))]
    public void The_session_of_claude_code_is_understood_in_both_forms(string userId, string? session) =>
        Assert.Equal(session, ClaudeCodeUser.SessionOf(userId));

    [Fact]
    public void A_session_found_in_a_request_is_hashed_and_stays_the_same_with_the_same_key()
    {
        var folder = Directory.CreateTempSubdirectory("key-");
        var path = Path.Combine(folder.FullName, "ledger.db.key");

        var first = Read(OldForm, false, KeyedHash.InFile(path)).Session;
        var again = Read(OldForm, false, KeyedHash.InFile(path)).Session;
        var other = Read(OldForm, false, KeyedHash.InMemory()).Session;

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        Assert.Matches("^[0-9a-f]{16}$", first);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public void A_session_is_kept_in_clear_only_when_asked() => Assert.Equal(Uuid, Read(OldForm, true, KeyedHash.InMemory()).Session);

    [Fact]
    public void Scopes_nest_and_end()
    {
        using (CallContext.Begin("outer", new Dictionary<string, string> { ["a"] = "1", ["b"] = "1" }))
        {
            using (CallContext.Begin(tags: new Dictionary<string, string> { ["b"] = "2" }))
            {
                var inner = Read(null, false, KeyedHash.InMemory());
                Assert.Equal(("outer", "1", "2"), (inner.Session, inner.Tags["a"], inner.Tags["b"]));
            }

            Assert.Equal("1", Read(null, false, KeyedHash.InMemory()).Tags["b"]);
        }

        Assert.Null(Read(null, false, KeyedHash.InMemory()).Session);
    }

    [Fact]
    public void Too_many_and_too_long_tags_are_bounded_not_refused()
    {
        var tags = Enumerable.Range(0, 100).ToDictionary(i => $"k{i:D3}", _ => new string('v', 5000));
        using var scope = CallContext.Begin(new string('s', 5000), tags);

        var labels = Read(null, false, KeyedHash.InMemory());

        Assert.Equal((LabelReader.MaxTags, LabelReader.MaxValueLength, LabelReader.MaxValueLength), (labels.Tags.Count, labels.Tags["k000"].Length, labels.Session!.Length));
    }

    private static CostLedger.Records.CallLabels Read(string? userId, bool keep, KeyedHash hash)
    {
        using var request = new HttpRequestMessage();
        return LabelReader.Read(request, RequestSnapshot.Empty with { MetadataUserId = userId }, new LabelSettings(null, keep, hash));
    }
}
