using System.Text;
using Telemetry.Handler.Documents;
using Xunit;
using Field = Telemetry.Handler.Documents.MessageShape.Field;

namespace Telemetry.Handler.Tests.Documents;

public sealed class CountsTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("12", 12)]
    [InlineData("1000000000", 1_000_000_000)]
    [InlineData("12.0", 12)]
    [InlineData("1e3", 1000)]
    [InlineData("1.5E2", 150)]
    public void A_whole_number_is_a_count_however_it_is_written(string written, long expected)
    {
        Assert.True(Counts.TryParse(Encoding.UTF8.GetBytes(written), out var value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("1000000001")]
    [InlineData("9223372036854775807")]
    [InlineData("9223372036854775808")]
    [InlineData("99999999999999999999999999")]
    [InlineData("1e300")]
    [InlineData("1e99999")]
    [InlineData("12.5")]
    [InlineData("1e-3")]
    [InlineData("1-2")]
    [InlineData("--1")]
    [InlineData("e")]
    [InlineData("")]
    public void Anything_else_is_not(string written) => Assert.False(Counts.TryParse(Encoding.UTF8.GetBytes(written), out _));

    [Fact]
    public void Merging_takes_what_the_other_knows_and_keeps_the_rest()
    {
        var first = new Counts();
        first.Set(Field.Input, 1);
        first.Set(Field.Output, 2);
        first.Set(Field.Index, 3);
        var second = new Counts();
        second.Set(Field.Output, 0);
        second.Set(Field.CacheRead, 9);

        first.Merge(second);

        Assert.Equal((1L, 0L, 9L, null, 3L), (first[Field.Input], first[Field.Output], first[Field.CacheRead], first[Field.CacheWrite], first[Field.Index]));
        first.ClearUsage();
        Assert.Equal((null, null, 3L), (first[Field.Input], first[Field.CodeExecution], first[Field.Index]));
    }
}
