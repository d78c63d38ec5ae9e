using System.Net;
using CostReport.Cli.Html.Markup;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace CostReport.Cli.Tests.Html;

/// <summary>Nothing that is put into a hole becomes markup.</summary>
public sealed class HtmlWriterTests
{
    [Theory]
    [InlineData("</script><img src=x onerror=alert(1)>", "&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;")]
    [InlineData("\"' onfocus='x", "&quot;&#39; onfocus=&#39;x")]
    [InlineData("a&amp;b", "a&amp;amp;b")]
    [InlineData("\u001b[2J\0", "␛[2J␀")]
    [InlineData("\u202Edrawkcab\u2069", "[U+202E]drawkcab[U+2069]")]
    [InlineData("模型-قارئ-🙂", "模型-قارئ-🙂")]
    public void Text_is_escaped_and_seen(string text, string expected)
    {
        var html = new HtmlWriter().Add($"<p title=\"{text}\">{text}</p>").ToString();

        Assert.Equal($"<p title=\"{expected}\">{expected}</p>", html);
        Assert.Equal($"<i>{expected}</i>", SafeHtml.Of($"<i>{text}</i>").ToString());
    }

    [Fact]
    public void No_text_has_a_character_of_markup_left_and_all_come_back()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<string>().Filter(t => t is not null), text =>
        {
            var html = SafeHtml.Of($"{text}").ToString();

            Assert.DoesNotContain(html, c => c is '<' or '>' or '"' or '\'' || char.IsControl(c));
            Assert.Equal(VisibleText.Of(text), WebUtility.HtmlDecode(html));
        }).QuickCheckThrowOnFailure();
    }

    // Attributes of tests are UTF-8, which has no lone surrogates.
    [Fact]
    public void Half_a_character_is_replaced() => Assert.Equal("\uFFFD lone", SafeHtml.Of($"{"\uD83D lone"}").ToString());

    [Fact]
    public void A_name_keeps_its_direction_to_itself()
    {
        Assert.Equal("<bdi>قارئ</bdi>", SafeHtml.Of($"{new ShownName("قارئ")}").ToString());
        Assert.Equal("<bdi></bdi>", SafeHtml.Of($"{new ShownName(null)}").ToString());
    }

    [Fact]
    public void A_long_name_is_cut_and_its_whole_is_a_hint()
    {
        var html = SafeHtml.Of($"{new ShownName(new string('m', 95) + "🙂" + new string('n', 600))}").ToString();

        Assert.StartsWith($"<bdi title=\"{new string('m', 95)}🙂nnn", html, StringComparison.Ordinal);
        Assert.EndsWith($"\">{new string('m', 95)}…</bdi>", html, StringComparison.Ordinal);
        Assert.True(html.Length < 700);
    }
}
