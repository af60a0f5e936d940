/** First byte of a message in one frame: final, no extension, text (RFC 6455 §5.2). */
const FINAL_TEXT = 0x81;

/** Up to this length, the second byte is the length itself, bytes. */
const MAX_SHORT = 125;

/** Up to this length, it follows in two bytes; beyond, in eight. */
const MAX_MEDIUM = 0xff_ff;

/**
 * A text message as it goes over the connection, from server to browser: header and text in one piece (RFC 6455 §5.2).
 * What a server sends is not masked, so these bytes are the same for every socket.
 */
export const textFrame = (text: string): Buffer => {
  const length = Buffer.byteLength(text);
  const headerLength = length <= MAX_SHORT ? 2 : length <= MAX_MEDIUM ? 4 : 10;
  const frame = Buffer.allocUnsafe(headerLength + length);
  frame[0] = FINAL_TEXT;
  if (headerLength === 2) {
    frame[1] = length;
  } else if (headerLength === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.write(text, headerLength, 'utf8');
  return frame;
};
