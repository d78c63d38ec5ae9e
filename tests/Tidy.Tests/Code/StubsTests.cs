using Tidy.Tests.Repository;
using Xunit;

namespace Tidy.Tests.Code;

public sealed class StubsTests
{
    [Fact]
    public void No_member_is_a_stub() => Expect.None(RepositoryTree.SourceFiles.SelectMany(Stubs.Check));

    [Fact]
    public void A_stream_may_refuse_to_seek() =>
        Assert.Empty(Check("class Tee : Stream { long Length => throw new NotSupportedException(); }"));

    [Theory]
    [InlineData("class Ledger { long Length => throw new NotSupportedException(); }")]
    [InlineData("class Tee : Stream { long Length => throw new NotImplementedException(); }")]
    [InlineData("class Ledger { void Go() { throw new System.NotSupportedException(\"later\"); } }")]
    public void A_stub_is_found(string text) => Expect.One(Check(text), 1, "write the member");

    private static IEnumerable<Finding> Check(string text) => Stubs.Check(new CodeFile("src/CostLedger/A.cs", text));
}
