namespace Telemetry.Handler.Requests;

/// <summary>Where the parameters of a request stand in its body.</summary>
internal static class RequestShape
{
    /// <summary>An object of the body.</summary>
    public enum Scope
    {
        Body,
        Thinking,
        OutputConfig,
        Metadata,
        InferenceConfig,
        ToolConfig,
        ModelFields,
        ServiceTier,
    }

    /// <summary>What kind of value is read.</summary>
    public enum Kind
    {
        Text,
        Whole,
        Real,
        Flag,

        /// <summary>Whether an object is there.</summary>
        Presence,

        /// <summary>An object with parameters of its own.</summary>
        Nested,
        Blocks,
        Messages,
        Betas,
    }

    /// <summary>A place for a value; each belongs to one kind.</summary>
    public enum Slot
    {
        Model,
        ServiceTier,
        Speed,
        InferenceGeo,
        Version,
        ThinkingType,
        Effort,
        UserId,
        MaxTokens,
        TopK,
        ThinkingBudget,
        Temperature,
        TopP,
        Stream,
        OldFormat,
        Format,
        TaskBudget,
        OwnMark,
        Tools,
        System,
        Messages,
        Thinking,
        OutputConfig,
        Metadata,
        InferenceConfig,
        ToolConfig,
        ModelFields,
        TierObject,
        Betas,
    }

    /// <summary>The number of slots.</summary>
    public const int Slots = (int)Slot.Betas + 1;

    private static readonly Parameter[] Body =
    [
        new("model", Kind.Text, Slot.Model),
        new("stream", Kind.Flag, Slot.Stream),
        new("max_tokens", Kind.Whole, Slot.MaxTokens),
        new("messages", Kind.Messages, Slot.Messages),
        new("tools", Kind.Blocks, Slot.Tools),
        new("system", Kind.Blocks, Slot.System),
        new("cache_control", Kind.Presence, Slot.OwnMark),
        new("temperature", Kind.Real, Slot.Temperature),
        new("top_p", Kind.Real, Slot.TopP),
        new("top_k", Kind.Whole, Slot.TopK),
        new("thinking", Kind.Nested, Slot.Thinking),
        new("output_config", Kind.Nested, Slot.OutputConfig),
        new("output_format", Kind.Presence, Slot.OldFormat),
        new("metadata", Kind.Nested, Slot.Metadata),
        new("service_tier", Kind.Text, Slot.ServiceTier),
        new("speed", Kind.Text, Slot.Speed),
        new("inference_geo", Kind.Text, Slot.InferenceGeo),
        new("anthropic_version", Kind.Text, Slot.Version),
        new("anthropic_beta", Kind.Betas, Slot.Betas),

        // Of Bedrock's Converse, which shares system and messages with the Messages API, and nothing else.
        new("inferenceConfig", Kind.Nested, Slot.InferenceConfig),
        new("toolConfig", Kind.Nested, Slot.ToolConfig),
        new("additionalModelRequestFields", Kind.Nested, Slot.ModelFields),
        new("serviceTier", Kind.Nested, Slot.TierObject),
    ];

    private static readonly Parameter[] Thinking =
        [new("type", Kind.Text, Slot.ThinkingType), new("budget_tokens", Kind.Whole, Slot.ThinkingBudget)];

    private static readonly Parameter[] OutputConfig =
        [new("effort", Kind.Text, Slot.Effort), new("format", Kind.Presence, Slot.Format), new("task_budget", Kind.Presence, Slot.TaskBudget)];

    private static readonly Parameter[] Metadata = [new("user_id", Kind.Text, Slot.UserId)];

    private static readonly Parameter[] InferenceConfig =
    [
        new("maxTokens", Kind.Whole, Slot.MaxTokens),
        new("temperature", Kind.Real, Slot.Temperature),
        new("topP", Kind.Real, Slot.TopP),
    ];

    private static readonly Parameter[] ToolConfig = [new("tools", Kind.Blocks, Slot.Tools)];

    // What Converse hands on to the model as it is.
    private static readonly Parameter[] ModelFields =
    [
        new("thinking", Kind.Nested, Slot.Thinking),
        new("output_config", Kind.Nested, Slot.OutputConfig),
        new("top_k", Kind.Whole, Slot.TopK),
        new("speed", Kind.Text, Slot.Speed),
        new("anthropic_beta", Kind.Betas, Slot.Betas),
    ];

    private static readonly Parameter[] ServiceTier = [new("type", Kind.Text, Slot.ServiceTier)];

    /// <summary>The parameters of an object.</summary>
    public static ReadOnlySpan<Parameter> Of(Scope scope) => scope switch
    {
        Scope.Body => Body,
        Scope.Thinking => Thinking,
        Scope.OutputConfig => OutputConfig,
        Scope.InferenceConfig => InferenceConfig,
        Scope.ToolConfig => ToolConfig,
        Scope.ModelFields => ModelFields,
        Scope.ServiceTier => ServiceTier,
        _ => Metadata,
    };

    /// <summary>The object that stands in a slot.</summary>
    public static Scope ScopeOf(Slot slot) => slot switch
    {
        Slot.Thinking => Scope.Thinking,
        Slot.OutputConfig => Scope.OutputConfig,
        Slot.InferenceConfig => Scope.InferenceConfig,
        Slot.ToolConfig => Scope.ToolConfig,
        Slot.ModelFields => Scope.ModelFields,
        Slot.TierObject => Scope.ServiceTier,
        _ => Scope.Metadata,
    };

    /// <summary>One parameter.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="slot">Where its value goes.</param>
    public sealed class Parameter(string name, Kind kind, Slot slot)
    {
        private readonly byte[] _utf8 = System.Text.Encoding.UTF8.GetBytes(name);

        public ReadOnlySpan<byte> Utf8 => _utf8;

        public Kind Kind => kind;

        public Slot Slot => slot;
    }
}
