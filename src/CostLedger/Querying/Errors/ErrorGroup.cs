using CostLedger.Records;
using CostLedger.Records.Errors;

namespace CostLedger.Querying.Errors;

/// <summary>Attempts that failed alike.</summary>
/// <param name="Category">The category.</param>
/// <param name="ErrorType">The error's kind, as <see cref="CallRecord.ErrorType"/> holds it.</param>
/// <param name="HttpStatus">The HTTP status; 200 where the answer failed on its way; null when no response arrived.</param>
/// <param name="Model">The model served, else requested.</param>
/// <param name="Totals">What is known of them.</param>
/// <param name="Worst">The key of the one that cost most; of those that cost as much, the one that took longest.</param>
public sealed record ErrorGroup(
    ErrorCategory Category, string? ErrorType, int? HttpStatus, string? Model, ErrorTotals Totals, CallId Worst);
