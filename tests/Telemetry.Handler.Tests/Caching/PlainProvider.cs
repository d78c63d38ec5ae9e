using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CostLedger.Records;

namespace Telemetry.Handler.Tests.Caching;

/// <summary>
/// The provider's cache as its documentation tells it, written down in the plainest way and with texts as keys: what the forecasts
/// are held against. Its tokens are not in our model's proportion.
/// </summary>
internal sealed class PlainProvider
{
    private readonly Dictionary<string, (TimeSpan Until, TimeSpan Life)> _entries = [];

    public int Minimum { get; set; } = 1_024;

    /// <summary>Forgets everything, as an eviction does.</summary>
    public void Evict() => _entries.Clear();

    public TokenUsage Answer(Draft draft, TimeSpan now)
    {
        var (keys, tokens, marks) = Read(draft);
        var hit = Hit(keys, marks, now);
        var read = hit < 0 ? 0 : tokens[hit];
        var kept = marks.Where(mark => tokens[mark.At] >= Minimum).ToList();
        foreach (var (at, life) in kept)
        {
            var lasting = _entries.TryGetValue(keys[at], out var known) && now < known.Until ? known.Life : life;
            _entries[keys[at]] = (now + lasting, lasting);
        }

        if (hit >= 0)
        {
            _entries[keys[hit]] = (now + _entries[keys[hit]].Life, _entries[keys[hit]].Life);
        }

        var hour = kept.Where(mark => mark.Life.TotalHours >= 1).Select(mark => tokens[mark.At]).DefaultIfEmpty(0).Max();
        var end = kept.Select(mark => tokens[mark.At]).DefaultIfEmpty(0).Max();
        var (write1h, write5m) = (Math.Max(0, hour - read), Math.Max(0, end - Math.Max(read, hour)));
        return new TokenUsage
        {
            InputTokens = tokens[^1] - read - write1h - write5m,
            CacheReadInputTokens = read,
            CacheCreationInputTokens = write1h + write5m,
            CacheCreation5mInputTokens = write5m,
            CacheCreation1hInputTokens = write1h,
            OutputTokens = 7,
        };
    }

    private int Hit(List<string> keys, List<(int At, TimeSpan Life)> marks, TimeSpan now)
    {
        foreach (var (at, _) in marks.OrderByDescending(mark => mark.At))
        {
            for (var i = at; i >= 0 && i > at - 20; i--)
            {
                if (_entries.TryGetValue(keys[i], out var entry) && now < entry.Until)
                {
                    return i;
                }
            }
        }

        return -1;
    }

    private static (List<string> Keys, List<int> Tokens, List<(int At, TimeSpan Life)> Marks) Read(Draft draft)
    {
        var (keys, tokens, marks) = (new List<string>(), new List<int>(), new List<(int, TimeSpan)>());
        var (text, sum) = (new StringBuilder(), 11);
        var images = draft.Messages.SelectMany(m => m.Blocks).Any(b => b.Kind == "image");
        var all = string.Join('|', draft.Model, draft.Workspace, draft.Location, draft.Geo, draft.McpServers, string.Join(',', draft.Betas.Order(StringComparer.Ordinal)));
        var system = string.Join('|', all, draft.Speed, draft.Container);
        var messages = string.Join('|', system, draft.ToolChoice, draft.ThinkingBudget, draft.Effort, draft.Format, draft.TaskBudget, images);
        draft.Tools.ToList().ForEach(tool => Take($"tool {tool.Name} {tool.Description}", tool.Mark, all, true));
        draft.System.ToList().ForEach(block => Take($"system {block.Text}", block.Mark, system, true));
        foreach (var message in draft.Messages)
        {
            message.Blocks.ToList().ForEach(block => Take($"{message.Role} {block.Kind} {block.Text}", block.Mark, messages, block.Kind != "thinking"));
        }

        if (draft.Automatic is { } automatic && marks.All(mark => mark.Item1 != keys.Count - 1))
        {
            marks.Add((keys.Count - 1, LifeOf(automatic)));
        }

        return (keys, tokens, marks);

        void Take(string block, string? mark, string level, bool canBeMarked)
        {
            text.Append(CultureInfo.InvariantCulture, $"{block.Length}:{block};");
            sum += (block.Length / 3) + 5;
            keys.Add(Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(level + text))));
            tokens.Add(sum);
            if (mark is not null && canBeMarked)
            {
                marks.Add((keys.Count - 1, LifeOf(mark)));
            }
        }
    }

    private static TimeSpan LifeOf(string mark) => mark == "1h" ? TimeSpan.FromHours(1) : TimeSpan.FromMinutes(5);
}
