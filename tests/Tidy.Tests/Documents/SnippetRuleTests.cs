using Tidy.Tests.Repository;
using Xunit;

namespace Tidy.Tests.Documents;

public sealed class SnippetRuleTests
{
    private const string Example = """
        class Example
        {
            void Go()
            {
                // snippet: loop
                while (true)
                {
                    Step();
                }

                Rest();
                // end of snippet
                Hidden();
            }
        }
        """;

    [Fact]
    public void All_code_in_documents_is_compiled() => Expect.None(RepositoryTree.TextFiles
        .Where(file => file.IsMarkdown)
        .SelectMany(file => SnippetRule.Check(new MarkdownFile(file), RepositoryTree.CodeFiles.Where(code => code.IsUnder("examples")))));

    [Fact]
    public void A_snippet_is_shown_without_its_indentation() =>
        Assert.Equal(["while (true)\n{\n    Step();\n}\n\nRest();"], SnippetRule.Snippets(new TextFile("examples/A.cs", Example)));

    [Fact]
    public void A_block_that_is_a_snippet_is_fine() => Assert.Empty(Check("```csharp\nwhile (true)\n{\n    Step();\n}\n\nRest();\n```"));

    [Fact]
    public void A_block_of_another_language_is_fine() => Assert.Empty(Check("```sh\nwhile true\n```"));

    [Theory]
    [InlineData("```csharp\nwhile (false)\n{\n    Step();\n}\n\nRest();\n```")]
    [InlineData("```csharp\nwhile (true)\n{\n    Step();\n}\n```")]
    [InlineData("```csharp\nHidden();\n```")]
    public void A_block_that_is_none_is_found(string block) => Expect.One(Check(block), 1, "nothing compiles");

    private static IEnumerable<Finding> Check(string block) =>
        SnippetRule.Check(new MarkdownFile(new TextFile("README.md", block + "\n")), [new TextFile("examples/A.cs", Example)]);
}
