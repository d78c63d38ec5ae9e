using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using CostLedger.Querying;
using CostLedger.Querying.Caching.Advice;
using CostLedger.Records;
using CostLedger.Records.Prompts;
using CostReport.Cli.Html;
using CostReport.Cli.Html.Data;
using CostReport.Cli.Html.Pages;
using CostReport.Cli.Sources;
using CostReport.Cli.Tests.Doubles;
using CostReport.Cli.Times;
using Testing;
using Xunit;

namespace CostReport.Cli.Tests.Html;

/// <summary>The whole page, from a ledger to HTML.</summary>
public sealed class ReportPageTests
{
    private static readonly Period s_week = new(Sample.Now.AddDays(-7), null, Sample.Now, TimeZoneInfo.Utc);
    private const string TooMany = "<p class=\"soft\">The period has too many calls to look at each prompt here: <code>costreport conversations</code> tells what belongs together, and <code>costreport cache</code> what would save money.</p>\n";
    private static readonly Period s_all = new(null, null, Sample.Now, TimeZoneInfo.Utc);

    [Fact]
    public async Task A_week_is_as_approved()
    {
        var page = await PageAsync(Sample.TwoWeeks(), s_week);

        // Without the style sheet and the script, which are files of their own.
        Approval.Verify(page.Body.ToString(), Path.Combine("Html", "week.html"));
    }

    [Fact]
    public async Task A_day_is_told_by_the_hour()
    {
        var page = await PageAsync(Sample.TwoWeeks(), s_week with { Since = Sample.Now.AddDays(-1) });

        Assert.Contains("Cost per hour by model", page.Body.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_ledger_gives_the_same_page()
    {
        Assert.Equal((await PageAsync(Sample.TwoWeeks(), s_week)).ToString(), (await PageAsync(Sample.TwoWeeks(), s_week)).ToString());
    }

    [Fact]
    public async Task Only_our_own_style_sheet_and_script_have_the_policys_leave()
    {
        var html = (await PageAsync(Sample.TwoWeeks(), s_week)).ToString();

        var policy = Match(html, "Content-Security-Policy\" content=\"(?<it>[^\"]*)\"").Replace("&#39;", "'", StringComparison.Ordinal);
        Assert.StartsWith($"default-src 'none'; style-src '{Hash(Match(html, "<style>(?<it>.*?)</style>"))}'; script-src '{Hash(Match(html, "<script>(?<it>.*?)</script>"))}'; ", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(html, "<script", RegexOptions.None, TimeSpan.FromSeconds(1)));
        Assert.DoesNotMatch(new Regex(" (?:style|on[a-z]+|src)=\"", RegexOptions.None, TimeSpan.FromSeconds(5)), html);
    }

    [Fact]
    public async Task An_empty_ledger_says_what_to_do_next()
    {
        var body = (await PageAsync([], s_week)).Body.ToString();

        Assert.Contains("<h1>No calls in 7 days</h1>", body, StringComparison.Ordinal);
        Assert.Contains("--since 30d", body, StringComparison.Ordinal);
        Assert.DoesNotContain("<section", body, StringComparison.Ordinal);
        Assert.Contains("<h1>No calls yet</h1>", (await PageAsync([], s_all)).Body.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_call_is_enough()
    {
        var body = (await PageAsync([Sample.Call(Sample.Now.AddHours(-3), 1)], s_week)).Body.ToString();

        Assert.Matches(new Regex(@"<h1>\$0\.\d+ in 7 days, with no calls in the 7 days before</h1>", RegexOptions.None, TimeSpan.FromSeconds(1)), body);
        Assert.Contains("All of it went to <bdi>claude-sonnet-5-5</bdi>", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Costs_of_nothing_are_told_as_such()
    {
        var free = Sample.TwoWeeks().Select(c => c with { Cost = new CallCost { Basis = CostBasis.Measured, ByClass = default(CostByClass) } });

        var body = (await PageAsync(free, s_week)).Body.ToString();

        Assert.Contains("<h1>Nothing was charged in 7 days, after nothing in the 7 days before</h1>", body, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unpriced_calls_are_told_first()
    {
        var body = (await PageAsync([Sample.Call(Sample.Now.AddHours(-3), 1, "unknown-model")], s_week)).Body.ToString();

        Assert.Contains("1 call has no price and is not in the cost", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_a_million_times_the_others_stays_readable()
    {
        var calls = Sample.TwoWeeks().ToList();
        calls[^1] = calls[^1] with { Cost = new CallCost { Basis = CostBasis.Measured, ByClass = new CostByClass(new NanoUsd(20_000_000_000_000), default, default, default, default, default) } };

        var body = (await PageAsync(calls, s_week)).Body.ToString();

        Assert.Contains("<h1>$20,00", body, StringComparison.Ordinal);
        Assert.Contains("times the 7 days before</h1>", body, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", body, StringComparison.Ordinal);
        Assert.DoesNotContain("E+", Regex.Replace(body, "<code[^>]*>.*?</code>", "", RegexOptions.None, TimeSpan.FromSeconds(5)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Thousands_of_models_and_sessions_are_folded()
    {
        var calls = Enumerable.Range(0, 3000).Select(i => Sample.Call(Sample.Now.AddMinutes(-i), i, $"model-{i}") with { Labels = new CallLabels { Session = $"s-{i}", Conversation = $"c-{i}" } });

        var html = (await PageAsync(calls, s_week)).ToString();

        Assert.Contains("2,950 others", html, StringComparison.Ordinal);
        Assert.Contains("2,900 others", html, StringComparison.Ordinal);
        Assert.True(html.Length < 2_000_000, $"{html.Length}");
    }

    [Fact]
    public async Task Hostile_names_are_shown_and_never_markup()
    {
        var calls = HostileNames.All.Select((name, i) => HostileNames.Call(name, i));

        var html = (await PageAsync(calls, s_all)).ToString();

        Assert.Contains("&lt;/script&gt;&lt;img src=x onerror=", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(html, c => c is '\u202E' or '\u2069' or '\u001b' or '\0');
        Assert.Single(Regex.Matches(html, "<script", RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task Ids_are_of_one_element_each_and_links_lead_somewhere()
    {
        var html = (await PageAsync(Sample.TwoWeeks(), s_week)).ToString();

        var ids = Regex.Matches(html, " id=\"(?<it>[^\"]+)\"", RegexOptions.None, TimeSpan.FromSeconds(5)).Select(m => m.Groups["it"].Value).ToList();
        Assert.Equal(ids.Count, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.DoesNotContain(ids, id => id.Contains(' ', StringComparison.Ordinal));
        var links = Regex.Matches(html, " href=\"#(?<it>[^\"]+)\"", RegexOptions.None, TimeSpan.FromSeconds(5)).Select(m => m.Groups["it"].Value).ToList();
        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.Contains(link, ids));
    }

    [Fact]
    public async Task A_call_that_was_tried_again_shows_all_its_attempts()
    {
        var body = (await PageAsync(Sample.TwoWeeks(), s_week)).Body.ToString();

        Assert.Contains(">attempt 1<", body, StringComparison.Ordinal);
        Assert.Contains(">attempt 2<", body, StringComparison.Ordinal);
        Assert.Contains("between attempts", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cache_breaks_are_told_where_any_are_known()
    {
        var calls = Sample.TwoWeeks().ToList();
        Assert.DoesNotContain("What broke the cache", (await PageAsync(calls, s_week)).Body.ToString(), StringComparison.Ordinal);

        calls[^1] = calls[^1] with { CacheBreak = Break("tools[3] \"<b>\"", 1_250_000_000) };
        calls[^2] = calls[^2] with { CacheBreak = Break("system[0]", 40_000_000) };
        var body = (await PageAsync(calls, s_week)).Body.ToString();

        Assert.Contains("What broke the cache", body, StringComparison.Ordinal);
        Assert.Contains("<bdi>tools[3] &quot;&lt;b&gt;&quot;</bdi>", body, StringComparison.Ordinal);
        Assert.Contains("$1.2900", body, StringComparison.Ordinal);
        Assert.Contains("<h3>The worst breaks</h3>", body, StringComparison.Ordinal);
        Assert.Contains("$0.0400", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conversations_are_told_as_their_prompts_show_them()
    {
        var body = (await PageAsync(SampleDialogue.All(), s_week)).Body.ToString();

        Assert.Contains("<bdi>support-4711</bdi>", body, StringComparison.Ordinal);
        Assert.Contains("growth a turn", body, StringComparison.Ordinal);
        Assert.Contains(">forked<", body, StringComparison.Ordinal);
        Assert.Contains(">loop<", body, StringComparison.Ordinal);
        Assert.Contains("without getting anywhere in 1 loop", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_slowest_answers_are_listed()
    {
        var calls = Sample.TwoWeeks().ToList();
        calls[^3] = calls[^3] with { Timing = new CallTiming { Total = TimeSpan.FromSeconds(185) } };

        var body = (await PageAsync(calls, s_week)).Body.ToString();

        Assert.Contains("<h3>The slowest answers</h3>", body, StringComparison.Ordinal);
        Assert.Contains("3 min 05 s", body[body.IndexOf("slowest-table", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_more_calls_than_can_be_looked_at_the_page_has_sums_and_says_so()
    {
        var body = (await PageAsync(SampleDialogue.All(), s_week, mostTraced: 3)).Body.ToString();

        Assert.Contains("too many calls to look at each prompt here", body, StringComparison.Ordinal);
        Assert.DoesNotContain("growth a turn", body, StringComparison.Ordinal);
        Assert.Contains("<bdi>support-4711</bdi>", body, StringComparison.Ordinal);
        Assert.Contains("The slowest answers", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_broke_the_cache_is_told_however_many_calls_there_are()
    {
        var calls = Sample.TwoWeeks().Select((c, i) => i % 3 == 0 ? c with { CacheBreak = Break("tools[3]", 1_000_000 + i) } : c).ToList();

        Assert.Equal(
            Section(await PageAsync(calls, s_all), "cache").Replace(TooMany, "", StringComparison.Ordinal),
            Section(await PageAsync(calls, s_all, mostTraced: 3), "cache").Replace(TooMany, "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(0)]
    public async Task The_terminal_beside_a_page_shows_what_it_shows_without(int days)
    {
        var calls = Sample.TwoWeeks().Select((c, i) => i % 3 == 0 ? c with { CacheBreak = Break("tools[3]", 1_000_000 + i) } : c);
        using var ledger = await WrittenLedger.OfAsync(calls);
        string[] words = days == 0 ? [] : ["--since", $"{days}d"];

        var beside = ledger.Program(width: 160).Output([.. words, "--html", $"{ledger.Path}.html"]);

        Assert.Equal(ledger.Program(width: 160).Output(words), beside);
        Assert.Contains("What broke the cache", beside, StringComparison.Ordinal);
    }

    [Fact]
    public void Ten_times_the_calls_make_no_longer_page()
    {
        var (few, many) = (Length(2_000), Length(20_000));

        Assert.InRange(many, few * 0.9, few * 1.1);
    }

    [Fact]
    public void Advice_is_told_and_its_words_are_never_markup()
    {
        var call = Sample.Call(Sample.Now.AddHours(-3), 1);
        var data = new PageReader(new FakeLedger([call]), new FakePrices()).Read(new CallFilter(), s_week) with
        {
            Advice = new AdviceReport([Advice(call.Id, 12_500_000_000), Advice(call.Id, 1_000_000_000)], 1, IsCut: true, default),
        };

        var body = ReportPage.Of(data).Body.ToString();

        Assert.Contains("2 changes would have saved money, the first of them $12.50", body, StringComparison.Ordinal);
        Assert.Contains("<strong>$12.50 (computed)</strong>: <bdi>Sort the tools &lt;b&gt;.</bdi>", body, StringComparison.Ordinal);
        Assert.Contains("A part of this money is also in: use_1h.", body, StringComparison.Ordinal);
        Assert.Contains("the last of the period", body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_of_a_hundred_thousand_calls_stays_below_five_megabytes()
    {
        var calls = Enumerable.Range(0, 100_000).Select(i => Sample.Call(Sample.Now.AddSeconds(-i), i, $"model-{i % 500}") with
        {
            Labels = new CallLabels { Session = $"{new string('s', 400)}-{i}", Conversation = $"{new string('c', 400)}-{i % 5_000}" },
        }).ToList();

        var html = ReportPage.Of(new PageReader(new FakeLedger(calls), new FakePrices()).Read(new CallFilter { Since = s_week.Since }, s_week)).ToString();

        Assert.InRange(Encoding.UTF8.GetByteCount(html), 100_000, 5_000_000);
    }

    private static long Length(int calls)
    {
        var ledger = new FakeLedger([.. Enumerable.Range(0, calls).Select(i => Sample.Call(Sample.Now.AddSeconds(-i * 500_000.0 / calls), i, $"model-{i % 7}") with
        {
            Labels = new CallLabels { Session = $"s-{i % 1_000}", Conversation = $"c-{i % 1_500}" },
        })]);
        var data = new PageReader(ledger, new FakePrices()).Read(new CallFilter { Since = s_week.Since }, s_week);
        return ReportPage.Of(data).ToString().Length;
    }

    private static string Section(HtmlPage page, string id) => Match(page.Body.ToString(), $"<section id=\"{id}\"(?<it>.*?)</section>");

    private static CacheBreak Break(string segment, long nanoUsd) => new()
    {
        Reason = "tools_changed",
        Level = PromptLevel.Tools,
        Item = 3,
        Segment = segment,
        AvailableTokens = 90_000,
        TokensLost = 88_000,
        CostLost = new NanoUsd(nanoUsd),
    };

    private static CacheAdvice Advice(CallId example, long nanoUsd) => new()
    {
        Kind = "tool_order",
        Model = "claude-opus-5-5",
        Saving = new NanoUsd(nanoUsd),
        Calls = 1,
        Found = "Tools came in another order.",
        Action = "Sort the tools <b>.",
        Example = example,
        SharesMoneyWith = ["use_1h"],
    };

    private static async Task<HtmlPage> PageAsync(IEnumerable<CallRecord> calls, Period period, int mostTraced = 100_000)
    {
        using var written = await WrittenLedger.OfAsync(calls);
        using var ledger = new LedgerSource(LedgerReader.Open(written.Path));
        var reader = new PageReader(ledger, new FakePrices()) { Version = "1.2.3", MostTraced = mostTraced, MostAdvised = mostTraced };
        return ReportPage.Of(reader.Read(new CallFilter { Since = period.Since, Until = period.Until }, period));
    }

    private static string Match(string html, string pattern) =>
        Regex.Match(html, pattern, RegexOptions.Singleline, TimeSpan.FromSeconds(5)).Groups["it"].Value;

    private static string Hash(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";
}
