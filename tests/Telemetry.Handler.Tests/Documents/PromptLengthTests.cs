using System.Text;
using Telemetry.Handler.Documents;
using Xunit;

namespace Telemetry.Handler.Tests.Documents;

public sealed class PromptLengthTests
{
    [Theory]
    [InlineData("prompt is too long: 200027 tokens > 200000 maximum", 200_027L)]
    [InlineData("The model returned the following errors: prompt is too long: 215001 tokens > 200000 maximum", 215_001L)]
    [InlineData("input length and `max_tokens` exceed context limit: 188240 + 21333 > 200000, decrease input length", 188_240L)]
    [InlineData("prompt is too long", null)]
    [InlineData("prompt is too long: many tokens", null)]
    [InlineData("prompt is too long: 200027", null)]
    [InlineData("prompt is too long: -5 tokens", null)]
    [InlineData("prompt is too long:  tokens", null)]
    [InlineData("max_tokens: 100000 > 8192", null)]
    [InlineData("", null)]
    public void The_size_of_the_prompt_is_found_in_the_text(string message, long? expected) =>
        Assert.Equal(expected, PromptLength.Find(Encoding.UTF8.GetBytes(message)));
}
