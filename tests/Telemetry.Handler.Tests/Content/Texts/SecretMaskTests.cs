using System.Security.Cryptography;
using Telemetry.Handler.Content.Texts;
using Xunit;

namespace Telemetry.Handler.Tests.Content.Texts;

public sealed class SecretMaskTests
{
    public static TheoryData<string, string> Secrets => new()
    {
        { "key sk-ant-api03-PLANTED_x-1 ok", "key sk-ant-[masked] ok" },
        { "SK-ANT-PLANTED", "SK-ANT-[masked]" },
        { "id AKIAIOSFODNN7EXAMPLE, done", "id [masked], done" },
        { "id ASIAIOSFODNN7EXAMPLE.", "id [masked]." },
        { "Authorization: Bearer planted.token-1", "Authorization: [masked]" },
        { "use a bearer PLANTED_token/+= here", "use a bearer [masked] here" },
        { "x-api-key: PLANTED\nnext", "x-api-key: [masked]\nnext" },
        { """{"x-api-key":"PLANTED","a":1}""", """{"x-api-key":"[masked]","a":1}""" },
        { """{\"api_key\": \"PLANTED\", \"a\"}""", """{\"api_key\": \"[masked]\", \"a\"}""" },
        { "curl -H 'x-api-key: PLANTED' https://host", "curl -H 'x-api-key: [masked]' https://host" },
        { "?api_key=PLANTED&x=1", "?api_key=[masked]&x=1" },
        { "Set-Cookie: sid=PLANTED; Path=/; Secure\r\nDate: x", "Set-Cookie: [masked]\r\nDate: x" },
        { "AWS_SECRET_ACCESS_KEY=PLANTED/abc export", "AWS_SECRET_ACCESS_KEY=[masked] export" },
        { "x-amz-security-token: PLANTED", "x-amz-security-token: [masked]" },
        { "password = PLANTED ok", "password = [masked] ok" },
        { "ghp_PLANTEDPLANTEDPLANTED1234", "ghp_[masked]" },
        { "jwt eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.PLANTED end", "jwt eyJ[masked] end" },
        { "-----BEGIN PRIVATE KEY-----\nPLANTED\n-----END PRIVATE KEY-----", "-----BEGIN PRIVATE KEY-----[masked]-----END PRIVATE KEY-----" },
        { "cut in the middle of bearer PLAN", "cut in the middle of bearer [masked]" },
        { "sk-ant-A sk-ant-B", "sk-ant-[masked] sk-ant-[masked]" },
    };

    [Theory]
    [MemberData(nameof(Secrets))]
    public void Secrets_are_masked_and_the_rest_stays(string text, string expected)
    {
        Assert.Equal(expected, SecretMask.Apply(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("The cookie was good; the bearer of it, too.")]
    [InlineData("An API key is a thing. Authorization matters.")]
    [InlineData("AKIA and MAKIAIOSFODNN7EXAMPLE")]
    [InlineData("sk-ant- is the prefix")]
    public void Plain_text_stays_as_it_is(string text)
    {
        Assert.Same(text, SecretMask.Apply(text));
    }

    [Theory]
    [InlineData(Base64FormattingOptions.None)]
    [InlineData(Base64FormattingOptions.InsertLineBreaks)]
    public void Encoded_data_is_taken_out(Base64FormattingOptions form)
    {
        var data = new byte[2_000];
        new Random(7).NextBytes(data);

        Assert.Equal("before [binary] after", SecretMask.Apply($"before {Convert.ToBase64String(data, form)} after"));
        Assert.Equal("hex: [binary]", SecretMask.Apply("hex: " + Convert.ToHexStringLower(SHA512.HashData(data)) + Convert.ToHexStringLower(data)));
    }

    [Fact]
    public void Lines_and_long_words_are_no_data()
    {
        var text = new string('-', 900) + "\n" + new string('a', 900) + " " + string.Join('\n', Enumerable.Repeat("one short line of words", 100));

        Assert.Same(text, SecretMask.Apply(text));
    }

    [Theory]
    [InlineData("x-api-key", true)]
    [InlineData("apiKey", true)]
    [InlineData("Authorization", true)]
    [InlineData("aws_secret_access_key", true)]
    [InlineData("Set-Cookie", true)]
    [InlineData("key", false)]
    [InlineData("tokens", false)]
    [InlineData("", false)]
    public void Members_that_hold_secrets_are_known_by_name(string name, bool expected) =>
        Assert.Equal(expected, SecretMask.IsSecretName(name));

    [Fact]
    public void No_planted_key_survives_wherever_it_stands()
    {
        var random = new Random(11);
        string[] words = ["bearer", "sk-ant", ":", "=", "cookie", "\"", "AKIA", " ", "\n", "eyJ", "text", "x-api-key", "é", "😀"];
        for (var i = 0; i < 2_000; i++)
        {
            var before = string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => words[random.Next(words.Length)]));
            var after = string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => words[random.Next(words.Length)]));

            Assert.DoesNotContain("PLANTED", SecretMask.Apply($"{before}sk-ant-api03-PLANTED {after}"), StringComparison.Ordinal);
        }
    }
}
