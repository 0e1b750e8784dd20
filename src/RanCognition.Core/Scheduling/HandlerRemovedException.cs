namespace RanCognition.Scheduling;

/// <summary>Thrown by a handler that was removed after the scheduler had looked it up: its task ends as if the handler had not been found.</summary>
internal sealed class HandlerRemovedException : Exception;
