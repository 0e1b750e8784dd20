namespace RanCognition.Interop;

/// <summary>What all exceptions of failed calls have in common: <c>catch (Exception e) when (e is IRanCognitionError { Status: RanCognitionStatus.NotFound })</c>.</summary>
public interface IRanCognitionError
{
    /// <summary>The code that the library gave.</summary>
    RanCognitionStatus Status { get; }

    /// <summary>The library's message: argument, place in it, reason.</summary>
    string Message { get; }
}
