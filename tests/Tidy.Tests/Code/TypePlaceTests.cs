using Tidy.Tests.Repository;
using Xunit;

namespace Tidy.Tests.Code;

public sealed class TypePlaceTests
{
    [Fact]
    public void Every_type_lives_where_its_name_says() => Expect.None(RepositoryTree.CodeFiles.SelectMany(TypePlace.Check));

    [Fact]
    public void A_type_at_its_place_is_fine() =>
        Assert.Empty(Check("src/CostReport.Cli/Charts/Bar.cs", "namespace CostReport.Cli.Charts;\nclass Bar { class Inner { } }\n"));

    [Fact]
    public void A_program_of_statements_needs_no_namespace() => Assert.Empty(Check("examples/Quickstart/Program.cs", "return 0;\n"));

    [Fact]
    public void A_second_type_is_found() =>
        Expect.One(Check("src/CostLedger/Records/A.cs", "namespace CostLedger.Records;\nclass A;\nenum B { }\n"), 3, "second type");

    [Fact]
    public void Another_namespace_is_found() =>
        Expect.One(Check("src/CostLedger/Records/A.cs", "namespace CostLedger;\nclass A;\n"), 1, "the folder says CostLedger.Records");

    [Fact]
    public void No_namespace_is_found() => Expect.One(Check("src/CostLedger/A.cs", "\nclass A;\n"), 2, "without a namespace");

    private static IEnumerable<Finding> Check(string path, string text) => TypePlace.Check(new CodeFile(path, text));
}
