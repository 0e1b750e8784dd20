using RanCognition.Interop;

namespace RanCognition.Tests.Interop;

/// <summary>What a call that must fail throws.</summary>
internal static class Refusal
{
    /// <summary>The status of the library's failure, in an exception of exactly this kind.</summary>
    public static RanCognitionStatus Of<T>(Action call)
        where T : Exception, IRanCognitionError => Assert.Throws<T>(call).Status;

    /// <summary>The status of the library's failure to make something.</summary>
    public static RanCognitionStatus OfNew(Func<object> make) => Of(() => make());

    /// <summary>The status of the library's failure, whatever its kind.</summary>
    public static RanCognitionStatus Of(Action call) => Assert.IsAssignableFrom<IRanCognitionError>(Record.Exception(call)).Status;
}
