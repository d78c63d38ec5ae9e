using System.Text;
using System.Text.Json;
using Telemetry.Handler.Content.Texts;
using Xunit;

namespace Telemetry.Handler.Tests.Content.Texts;

public sealed class JsonOutputTests
{
    [Fact]
    public void Every_character_is_read_back_and_its_size_is_known_beforehand()
    {
        for (var code = 0; code <= 0x2_0000; code++)
        {
            var text = Rune.IsValid(code) ? new Rune(code).ToString() : ((char)code).ToString();
            var output = new JsonOutput();
            output.Text(text);

            Assert.Equal(JsonOutput.SizeOf(text), output.Length);
            Assert.Equal(Rune.IsValid(code) ? text : "\uFFFD", JsonSerializer.Deserialize<string>(output.ToArray()));
        }
    }

    [Fact]
    public void As_much_of_a_text_fits_as_there_is_room()
    {
        const string Text = "a\"é漢😀\u0001end";
        for (var room = 2; room <= JsonOutput.SizeOf(Text); room++)
        {
            var length = JsonOutput.Fit(Text, room);

            Assert.InRange(JsonOutput.SizeOf(Text[..length]), 2, room);
            Assert.False(length > 0 && char.IsHighSurrogate(Text[length - 1]));
            Assert.True(length == Text.Length || JsonOutput.SizeOf(Text[..(length + (char.IsHighSurrogate(Text[length]) ? 2 : 1))]) > room);
        }
    }

    [Fact]
    public void Commas_stand_between_and_nowhere_else()
    {
        var output = new JsonOutput();
        output.BeginArray();
        output.BeginObject();
        output.Name("a");
        output.BeginArray();
        output.EndArray();
        output.Name("b");
        output.Raw("1"u8);
        output.EndObject();
        output.Text("c");
        output.EndArray();

        Assert.Equal("""[{"a":[],"b":1},"c"]""", output.ToString());
    }
}
