namespace RanCognition.HeaderGen;

/// <summary>The exports break a rule of the ABI, or lack the text that the manual needs; the message names the export.</summary>
internal sealed class GenerationException(string message) : Exception(message);
