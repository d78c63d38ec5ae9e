using CostLedger.Records;
using CostLedger.Records.Errors;
using Xunit;

namespace CostLedger.Tests.Records;

public sealed class ErrorCategoriesTests
{
    [Theory]
    [InlineData(429, "rate_limit_error", ErrorCategory.RateLimit)]
    [InlineData(429, "429", ErrorCategory.RateLimit)]
    [InlineData(429, null, ErrorCategory.RateLimit)]
    [InlineData(429, "ThrottlingException", ErrorCategory.RateLimit)]
    [InlineData(200, "throttlingException", ErrorCategory.RateLimit)]
    [InlineData(400, "ServiceQuotaExceededException", ErrorCategory.RateLimit)]
    [InlineData(429, "ModelNotReadyException", ErrorCategory.Overloaded)]
    [InlineData(529, "overloaded_error", ErrorCategory.Overloaded)]
    [InlineData(200, "overloaded_error", ErrorCategory.Overloaded)]
    [InlineData(529, "529", ErrorCategory.Overloaded)]
    [InlineData(500, "api_error", ErrorCategory.Server)]
    [InlineData(502, "502", ErrorCategory.Server)]
    [InlineData(503, null, ErrorCategory.Server)]
    [InlineData(503, "something_new", ErrorCategory.Server)]
    [InlineData(200, "something_new", ErrorCategory.Server)]
    [InlineData(200, "client_error", ErrorCategory.Server)]
    [InlineData(424, "modelStreamErrorException", ErrorCategory.Server)]
    [InlineData(400, "invalid_request_error", ErrorCategory.Client)]
    [InlineData(402, "billing_error", ErrorCategory.Client)]
    [InlineData(413, "413", ErrorCategory.Client)]
    [InlineData(302, "302", ErrorCategory.Client)]
    [InlineData(422, "something_new", ErrorCategory.Client)]
    [InlineData(null, "client_error", ErrorCategory.Client)]
    [InlineData(401, "authentication_error", ErrorCategory.Authentication)]
    [InlineData(403, null, ErrorCategory.Authentication)]
    [InlineData(400, "ExpiredTokenException", ErrorCategory.Authentication)]
    [InlineData(null, "connection_error", ErrorCategory.Network)]
    [InlineData(200, "connection_error", ErrorCategory.Network)]
    [InlineData(null, null, ErrorCategory.Network)]
    [InlineData(504, "timeout_error", ErrorCategory.Timeout)]
    [InlineData(504, "504", ErrorCategory.Timeout)]
    [InlineData(408, "ModelTimeoutException", ErrorCategory.Timeout)]
    [InlineData(null, "529", ErrorCategory.Overloaded)]
    public void An_error_belongs_to_its_type_else_to_its_status(int? status, string? type, ErrorCategory expected) =>
        Assert.Equal(expected, ErrorCategories.Of(CallOutcome.Error, status, type));

    [Theory]
    [InlineData(CallOutcome.Canceled, ErrorCategory.Canceled)]
    [InlineData(CallOutcome.Timeout, ErrorCategory.Timeout)]
    [InlineData(CallOutcome.Truncated, ErrorCategory.Truncated)]
    [InlineData(CallOutcome.Interrupted, ErrorCategory.Interrupted)]
    public void The_outcome_decides_before_status_and_type(CallOutcome outcome, ErrorCategory expected)
    {
        Assert.Equal(expected, ErrorCategories.Of(outcome, null, null));
        Assert.Equal(expected, ErrorCategories.Of(outcome, 529, "overloaded_error"));
    }

    [Theory]
    [InlineData(CallOutcome.Success)]
    [InlineData(CallOutcome.Refused)]
    public void A_whole_answer_has_no_category(CallOutcome outcome) => Assert.Null(ErrorCategories.Of(outcome, 200, null));

    [Fact]
    public void A_record_says_what_its_parts_say()
    {
        var id = CallId.Create(new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero), UInt128.One);
        var record = new CallRecord
        {
            Id = id,
            Provider = Provider.Anthropic,
            Operation = Operation.Messages,
            Outcome = CallOutcome.Error,
            HttpStatus = 529,
            ErrorType = "overloaded_error",
            Cost = new CallCost { Basis = CostBasis.Unbilled },
        };

        Assert.Equal(ErrorCategory.Overloaded, ErrorCategories.Of(record));
    }

    [Fact]
    public void Every_category_is_found_by_its_name()
    {
        Assert.All(Enum.GetValues<ErrorCategory>(), category => Assert.Equal(category, ErrorCategories.Find(category.Name())));
        Assert.Equal("rate_limit", ErrorCategory.RateLimit.Name());
        Assert.Equal("interrupted", ErrorCategory.Interrupted.Name());
        Assert.Equal("unknown", ((ErrorCategory)11).Name());
        Assert.Equal("unknown", default(ErrorCategory).Name());
        Assert.Null(ErrorCategories.Find("unknown"));
    }
}
