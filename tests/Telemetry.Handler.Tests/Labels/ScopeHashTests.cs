using Telemetry.Handler.Labels;
using Xunit;

namespace Telemetry.Handler.Tests.Labels;

public sealed class ScopeHashTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, SessionKey.ByteCount).Select(i => (byte)i)];

    [Fact]
    public void A_holder_has_one_name_under_a_key_and_another_under_another()
    {
        var name = new ScopeHash(Key).Of("org_1", "wrkspc_1");

        Assert.Matches("^org-[0-9a-f]{20}$", name);
        Assert.Equal(name, new ScopeHash(Key).Of("org_1", "wrkspc_1"));
        Assert.NotEqual(name, new ScopeHash(new byte[SessionKey.ByteCount]).Of("org_1", "wrkspc_1"));
    }

    [Fact]
    public void Organisations_and_workspaces_are_told_apart()
    {
        var hash = new ScopeHash(Key);

        string?[] names = [hash.Of("a", null), hash.Of("a", "b"), hash.Of("b", null), hash.Of("a", "c"), hash.Of("ab", null), hash.Of("a", null)];

        Assert.Equal(5, names.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(names[0], names[^1]);
    }

    [Fact]
    public void Without_an_organisation_there_is_no_name_and_no_key_is_asked_for()
    {
        var hash = new ScopeHash(new Lazy<byte[]>(() => throw new InvalidOperationException("The key was asked for.")));

        Assert.Null(hash.Of(null, "wrkspc_1"));
    }

    [Fact]
    public void A_known_holder_is_named_without_work()
    {
        var hash = new ScopeHash(Key);
        hash.Of("org_1", "wrkspc_1");

        Assert.Equal(0, Allocations.Of(() => hash.Of("org_1", "wrkspc_1")));
    }
}
