using System.Collections.Frozen;
using System.Globalization;

namespace CostLedger.Records.Errors;

/// <summary>Sorts failed attempts into categories.</summary>
public static class ErrorCategories
{
    private const int FirstRedirect = 300;
    private const int FirstServerError = 500;
    private const int LastStatus = 599;

    private static readonly string[] Names =
    [
        "rate_limit", "overloaded", "server", "client", "authentication", "network", "timeout", "truncated", "canceled", "interrupted",
    ];

    // Sources: Messages API, errors; the official SDK's names; Bedrock Runtime API, InvokeModel and
    // InvokeModelWithResponseStream, and AWS's common errors. AWS spells a name in two ways: with a small first letter in frames.
    private static readonly FrozenDictionary<string, ErrorCategory> Types = new Dictionary<string, ErrorCategory>(StringComparer.OrdinalIgnoreCase)
    {
        ["rate_limit_error"] = ErrorCategory.RateLimit,
        ["throttlingException"] = ErrorCategory.RateLimit,
        ["serviceQuotaExceededException"] = ErrorCategory.RateLimit,
        ["tooManyRequestsException"] = ErrorCategory.RateLimit,
        ["overloaded_error"] = ErrorCategory.Overloaded,
        ["modelNotReadyException"] = ErrorCategory.Overloaded,
        ["api_error"] = ErrorCategory.Server,
        ["internalServerException"] = ErrorCategory.Server,
        ["internalFailure"] = ErrorCategory.Server,
        ["modelErrorException"] = ErrorCategory.Server,
        ["modelStreamErrorException"] = ErrorCategory.Server,
        ["serviceUnavailableException"] = ErrorCategory.Server,
        ["invalid_request_error"] = ErrorCategory.Client,
        ["billing_error"] = ErrorCategory.Client,
        ["not_found_error"] = ErrorCategory.Client,
        ["conflict_error"] = ErrorCategory.Client,
        ["request_too_large"] = ErrorCategory.Client,
        ["validationException"] = ErrorCategory.Client,
        ["resourceNotFoundException"] = ErrorCategory.Client,
        ["conflictException"] = ErrorCategory.Client,
        ["authentication_error"] = ErrorCategory.Authentication,
        ["permission_error"] = ErrorCategory.Authentication,
        ["accessDeniedException"] = ErrorCategory.Authentication,
        ["unrecognizedClientException"] = ErrorCategory.Authentication,
        ["expiredTokenException"] = ErrorCategory.Authentication,
        ["invalidSignatureException"] = ErrorCategory.Authentication,
        ["incompleteSignatureException"] = ErrorCategory.Authentication,
        ["missingAuthenticationTokenException"] = ErrorCategory.Authentication,
        [ErrorTypeNames.Connection] = ErrorCategory.Network,
        [ErrorTypeNames.ClientTimeout] = ErrorCategory.Timeout,
        ["timeout_error"] = ErrorCategory.Timeout,

        // A batch's request that was not begun within a day.
        ["expired"] = ErrorCategory.Timeout,
        ["modelTimeoutException"] = ErrorCategory.Timeout,
        [ErrorTypeNames.StreamTruncated] = ErrorCategory.Truncated,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The error types that mean a rate limit.</summary>
    internal static IEnumerable<string> RateLimitTypes => Types.Where(type => type.Value == ErrorCategory.RateLimit).Select(type => type.Key);

    /// <summary>The category of an attempt.</summary>
    /// <param name="record">The attempt.</param>
    /// <returns>The category; null for a whole answer, a refusal included.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="record"/> is null.</exception>
    public static ErrorCategory? Of(CallRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return Of(record.Outcome, record.HttpStatus, record.ErrorType);
    }

    /// <summary>The category of an attempt. The outcome decides; of an error the type, where it is known, before the status.</summary>
    /// <param name="outcome">How it ended.</param>
    /// <param name="httpStatus">The HTTP status; null when no response arrived.</param>
    /// <param name="errorType">The error's kind, as <see cref="CallRecord.ErrorType"/> holds it.</param>
    /// <returns>The category; null for a whole answer, a refusal included.</returns>
    public static ErrorCategory? Of(CallOutcome outcome, int? httpStatus, string? errorType) => outcome switch
    {
        CallOutcome.Success or CallOutcome.Refused => null,
        CallOutcome.Canceled => ErrorCategory.Canceled,
        CallOutcome.Timeout => ErrorCategory.Timeout,
        CallOutcome.Truncated => ErrorCategory.Truncated,
        CallOutcome.Interrupted => ErrorCategory.Interrupted,
        _ => OfError(httpStatus, errorType),
    };

    /// <summary>The category's name in reports and JSON, for example <c>rate_limit</c>.</summary>
    /// <param name="category">The category.</param>
    /// <returns>The name; <c>unknown</c> for a number this version does not know.</returns>
    public static string Name(this ErrorCategory category) =>
        (int)category is > 0 and var number && number <= Names.Length ? Names[number - 1] : "unknown";

    /// <summary>Finds a category by name.</summary>
    /// <param name="name">The name, as <see cref="Name(ErrorCategory)"/> gives it.</param>
    /// <returns>The category, or null.</returns>
    public static ErrorCategory? Find(string name)
    {
        var index = Array.IndexOf(Names, name);
        return index < 0 ? null : (ErrorCategory)(index + 1);
    }

    private static ErrorCategory OfError(int? status, string? type)
    {
        if (type is null)
        {
            return status is { } told ? OfStatus(told) : ErrorCategory.Network;
        }

        if (Types.TryGetValue(type, out var known))
        {
            return known;
        }

        // A type may be the status itself, where the answer named none.
        var number = int.TryParse(type, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) && parsed <= LastStatus
            ? parsed
            : status;
        return number is { } code ? OfStatus(code) : ErrorCategory.Client;
    }

    // An error inside an answer that began well is the provider's.
    private static ErrorCategory OfStatus(int status) => status switch
    {
        401 or 403 => ErrorCategory.Authentication,
        408 or 504 => ErrorCategory.Timeout,
        429 => ErrorCategory.RateLimit,
        529 => ErrorCategory.Overloaded,
        < FirstRedirect or >= FirstServerError => ErrorCategory.Server,
        _ => ErrorCategory.Client,
    };
}
