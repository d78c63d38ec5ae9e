using CostLedger.Pricing;
using CostLedger.Querying.Reading;
using CostLedger.Records;
using CostLedger.Records.Prompts;
using CostLedger.Rows;
using CostLedger.Rows.Tables;

namespace CostLedger.Querying.Traffic;

/// <summary>Reads calls, but only what playing them again needs: a million whole records would take too long. For one thread.</summary>
internal sealed class TrafficReader : IDisposable
{
    private const string Columns = """
        c.id, c.provider, c.operation, c.outcome, c.http_status, c.model, c.input_tokens, c.output_tokens, c.cache_read_tokens,
        c.cache_creation_tokens, c.cache_5m_tokens, c.cache_1h_tokens, c.web_searches, c.estimated_output, c.cost_basis, c.price_book,
        c.cost_input, c.cost_output, c.cost_cache_read, c.cost_cache_5m, c.cost_cache_1h, c.cost_server_tools,
        c.session, c.conversation, c.tag_set, c.duration_us,
        d.model_requested, d.location, d.refusal, d.service_tier, d.speed, d.inference_geo, d.headers_us, d.first_event_us,
        d.content_blocks, d.response_bytes, d.estimated_input, d.extra,
        p.leaf, p.depth, p.thread, p.breakpoints, p.automatic, p.scope, p.settings
        """;

    private const int MaxKept = 4096;
    private const string From = "FROM calls AS c LEFT JOIN call_details AS d ON d.id = c.id LEFT JOIN call_prompts AS p ON p.id = c.id";
    private const string IsKey = "length(c.id) = 16";

    private readonly LedgerConnection _connection;
    private readonly PromptTree _tree;
    private readonly StringTable _strings;
    private readonly TagSets _tagSets;
    private readonly VersionTable _versions;
    private readonly Dictionary<string, IReadOnlyList<PromptBreakpoint>> _breakpoints = new(StringComparer.Ordinal);
    private readonly Dictionary<long, IReadOnlyDictionary<string, string>> _tags = [];
    private (long Session, long Conversation, long Tags) _lastLabels;
    private CallLabels _labels = CallLabels.None;

    public TrafficReader(LedgerConnection connection, PromptTree tree)
    {
        (_connection, _tree) = (connection, tree);
        _strings = new StringTable(connection);
        _tagSets = new TagSets(connection);
        _versions = new VersionTable(connection);
    }

    /// <summary>The calls that were chosen.</summary>
    public IEnumerable<TrafficCall> Read(Selection chosen) =>
        Read($"SELECT {Columns}, 1 {From} WHERE {chosen.Where} AND {IsKey} ORDER BY c.id", chosen, from: null);

    /// <summary>The calls that were chosen, and all others from a call on.</summary>
    public IEnumerable<TrafficCall> ReadAll(Selection chosen, CallId from)
    {
        var isChosen = $"(c.id >= ?{chosen.Values.Count + 3}{chosen.Conditions})";
        return Read($"SELECT {Columns}, {isChosen} {From} WHERE c.id >= ?1 AND c.id < ?2 AND {IsKey} ORDER BY c.id", chosen, from);
    }

    public void Dispose()
    {
        _strings.Dispose();
        _tagSets.Dispose();
        _versions.Dispose();
    }

    private IEnumerable<TrafficCall> Read(string sql, Selection chosen, CallId? from)
    {
        using var rows = _connection.Prepare(sql);
        chosen.BindTo(rows);
        if (from is { } first)
        {
            BindStart(rows, chosen, first);
        }

        while (rows.Step())
        {
            yield return new TrafficRow(rows, this).Read();
        }
    }

    private static void BindStart(Statement rows, Selection chosen, CallId first)
    {
        Selection.BindRange(rows, first, chosen.High);
        Span<byte> key = stackalloc byte[CallId.ByteCount];
        chosen.Low.WriteBytes(key);
        rows.Bind(chosen.Values.Count + 3, key);
    }

    private CallLabels LabelsOf(long session, long conversation, long tags)
    {
        if ((session, conversation, tags) != _lastLabels)
        {
            _lastLabels = (session, conversation, tags);
            _labels = new CallLabels { Session = _strings[session], Conversation = _strings[conversation], Tags = TagsOf(tags) };
        }

        return _labels;
    }

    // The same few sets of tags and places of breakpoints come again and again.
    private IReadOnlyDictionary<string, string> TagsOf(long id) => Kept(_tags, id, () => _tagSets[id]);

    private IReadOnlyList<PromptBreakpoint> BreakpointsOf(string? text) =>
        text is null ? [] : Kept(_breakpoints, text, () => BreakpointText.Parse(text));

    private static TValue Kept<TKey, TValue>(Dictionary<TKey, TValue> kept, TKey key, Func<TValue> read)
        where TKey : notnull
    {
        if (!kept.TryGetValue(key, out var known))
        {
            if (kept.Count >= MaxKept)
            {
                kept.Clear();
            }

            kept[key] = known = read();
        }

        return known;
    }

    /// <summary>One row; every read goes one column further, in the order of the columns.</summary>
    private ref struct TrafficRow(Statement row, TrafficReader reader)
    {
        private int _next;

        public TrafficCall Read()
        {
            var id = CallId.FromBytes(row.Bytes(_next++));
            var pricing = new PricingRequest
            {
                At = id.Time,
                Provider = (Provider)Int(),
                Operation = (Operation)Int(),
                Outcome = (CallOutcome)Int(),
                HttpStatus = (int?)Number(),
                Model = Name(),
            };
            var usage = ReadUsage();
            var estimatedOutput = Number();
            var (basis, version, cost) = ((CostBasis)Int(), Version(), ReadCost());
            var labels = reader.LabelsOf(Int(), Int(), Int());
            var duration = Number();
            pricing = ReadDetails(pricing, usage, estimatedOutput, out var began);
            return new TrafficCall
            {
                Id = id,
                Pricing = pricing,
                Basis = basis,
                PriceVersion = version,
                Cost = cost,
                Labels = labels,
                AnswerBegan = TimeSpan.FromTicks(Math.Max(0, began ?? duration ?? 0) * TimeSpan.TicksPerMicrosecond),
                Prompt = ReadPrompt(),
                IsChosen = Int() != 0,
            };
        }

        private TokenUsage ReadUsage() => new()
        {
            InputTokens = Number(),
            OutputTokens = Number(),
            CacheReadInputTokens = Number(),
            CacheCreationInputTokens = Number(),
            CacheCreation5mInputTokens = Number(),
            CacheCreation1hInputTokens = Number(),
            WebSearchRequests = Number(),
        };

        private CostByClass? ReadCost()
        {
            var input = Number();
            var rest = new CostByClass(default, Money(), Money(), Money(), Money(), Money());
            return input is { } known ? rest with { Input = new NanoUsd(known) } : null;
        }

        private PricingRequest ReadDetails(PricingRequest request, TokenUsage usage, long? estimatedOutput, out long? began)
        {
            var (requested, location, refusal) = (Name(), Name(), Name());
            var (tier, speed, geo) = (Name(), Name(), Name());
            var (headers, first) = (Number(), Number());
            var (blocks, bytes, estimatedInput) = (Int(), Int(), Number());
            var extra = ExtraOf(row.Bytes(_next), _next++);
            began = first ?? headers;
            var told = usage with
            {
                ServiceTier = tier,
                Speed = speed,
                InferenceGeo = geo,
                WebFetchRequests = extra?.WebFetches,
                CodeExecutionRequests = extra?.CodeExecutions,
                Iterations = extra?.Iterations ?? [],
            };
            return request with
            {
                ModelRequested = extra?.ModelAlias ?? requested,
                Location = location,
                RefusalCategory = refusal,
                Usage = told,
                Estimate = estimatedOutput is null && estimatedInput is null ? null : new TokenEstimate
                {
                    InputTokens = estimatedInput,
                    OutputTokens = estimatedOutput,
                    OutputTokensLow = extra?.EstimatedOutputLow,
                    OutputTokensHigh = extra?.EstimatedOutputHigh,
                },
                HasOutput = blocks > 0 ? true : bytes > 0 ? false : null,
            };
        }

        // Most have only limits there, and reading them would take longer than all the rest.
        private readonly ExtraFields? ExtraOf(ReadOnlySpan<byte> json, int column) =>
            json.IndexOf("\"iterations\""u8) >= 0 || json.IndexOf("\"model_alias\""u8) >= 0 || json.IndexOf("\"estimated_"u8) >= 0
                || json.IndexOf("\"web_fetches\""u8) >= 0 || json.IndexOf("\"code_executions\""u8) >= 0
                ? ExtraFields.Parse(row.Text(column))
                : null;

        private TrafficPrompt? ReadPrompt()
        {
            var leaf = Number();
            var (depth, thread, breakpoints) = ((int)Int(), Number(), row.Text(_next++));
            var (automatic, scope, settings) = ((PromptLifetime?)Number(), Name(), Name());
            if (leaf is not { } id)
            {
                return null;
            }

            var node = reader._tree.Find(id);
            var isWhole = node != PromptTree.Nothing && !reader._tree.IsBroken(node) && reader._tree.Depth(node) == depth;
            return new TrafficPrompt
            {
                Leaf = isWhole ? node : PromptTree.Nothing,
                Depth = depth,
                Thread = thread,
                Breakpoints = reader.BreakpointsOf(breakpoints),
                Automatic = automatic,
                Scope = scope,
                Settings = settings,
            };
        }

        private long Int() => row.Int64(_next++);

        // Most are neither null nor zero, and whether one is null takes another question.
        private long? Number()
        {
            var column = _next++;
            var number = row.Int64(column);
            return number != 0 || !row.IsNull(column) ? number : null;
        }

        private NanoUsd Money() => new(row.Int64(_next++));

        private string? Name() => reader._strings[row.Int64(_next++)];

        private string? Version() => Number() is { } id ? reader._versions[id] : null;
    }
}
