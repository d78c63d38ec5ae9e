using Tidy.Tests.Repository;
using Xunit;

namespace Tidy.Tests.Code;

public sealed class SilencingTests
{
    [Fact]
    public void No_warning_is_silenced_without_a_reason() => Expect.None(RepositoryTree.CodeFiles.SelectMany(Silencing.Check));

    [Fact]
    public void A_line_silenced_with_a_reason_is_fine() =>
        Assert.Empty(Check("#pragma warning disable CA1031 // the boundary: nothing of ours may reach the caller\ncatch { }\n#pragma warning restore CA1031\n"));

    [Fact]
    public void A_reason_that_is_missing_is_found() =>
        Expect.One(Check("#pragma warning disable CA1031\nGo();\n#pragma warning restore CA1031\n"), 1, "without a reason");

    [Fact]
    public void A_file_that_is_silenced_is_found() =>
        Expect.One(Check("#pragma warning disable CA1031 // many\nGo();\nGo();\nGo();\nGo();\n#pragma warning restore CA1031\n"), 1, "more than 3 lines");

    [Fact]
    public void A_pragma_never_restored_is_found() =>
        Expect.One(Check("#pragma warning disable CA1031 // many\nGo();\n"), 1, "more than 3 lines");

    [Fact]
    public void An_attribute_without_a_reason_is_found() =>
        Expect.One(Check("[SuppressMessage(\"Design\", \"CA1031\")]\nclass A;\n"), 1, "Justification");

    private static IEnumerable<Finding> Check(string text) => Silencing.Check(new CodeFile("src/CostLedger/A.cs", text));
}
