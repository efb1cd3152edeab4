"""Check digits of tracking numbers.

Every function gets a whole number whose form is already right (digits where digits
belong, letters in upper case) and says whether its check digit fits.

What a check digit notices: weights 1 and 3 modulo 10, and ISO 7064, notice every single
wrong character. Weights 2 and 4 modulo 10 miss some digits that are 5 off; a remainder
of 7 misses a digit that is 7 off; modulo 11 folded into one digit misses one in 11.
"""

S10_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)
FEDEX_WEIGHTS = (3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1)
BASE_36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _digits(number):
    return [ord(char) - 48 for char in number]


def gs1(number):
    """Modulo 10, weights 3 and 1 from the right: SSCC, USPS, FedEx Ground, many more.

    Source: GS1 General Specifications, section "Check digit calculations"; USPS
    Publication 199, check digit of the Intelligent Mail package barcode.
    """
    digits = _digits(number)
    digits.reverse()
    return (sum(digits[::2]) + 3 * sum(digits[1::2])) % 10 == 0


def gls(number):
    """Parcel number of GLS, 11 digits and one: as GS1, with 1 added to the sum.

    Source: GLS Uni-Box technical documentation, section 3.2.1.
    """
    digits = _digits(number)
    digits.reverse()
    return (sum(digits[::2]) + 3 * sum(digits[1::2]) + 1) % 10 == 0


def identcode(number):
    """Identcode of Deutsche Post DHL, 12 digits: modulo 10, weights 4 and 9.

    Source: Deutsche Post, description of Identcode and Leitcode.
    """
    digits = _digits(number)
    total = 4 * sum(digits[:-1:2]) + 9 * sum(digits[1:-1:2])
    return (total + digits[-1]) % 10 == 0


def mod7(number):
    """Waybill of DHL Express and of the airlines: the serial's remainder by 7.

    Source: IATA Resolution 600a, as used by DHL Express for its 10 digits.
    """
    return int(number[:-1]) % 7 == ord(number[-1]) - 48


def s10(number):
    """Item identifier of the Universal Postal Union, AA 12345678 9 CC.

    Source: UPU standard S10, "Identification of postal items", check digit.
    """
    total = sum(
        weight * (ord(char) - 48)
        for weight, char in zip(S10_WEIGHTS, number[2:10], strict=True)
    )
    digit = 11 - total % 11
    if digit == 10:
        digit = 0
    elif digit == 11:
        digit = 5
    return digit == ord(number[10]) - 48


def fedex_express(number):
    """FedEx, 12 digits: weights 3 1 7, modulo 11; a remainder of 10 is written as 0.

    Source: FedEx Express label guides, as published in tracking_number_data.
    """
    digits = _digits(number)
    total = sum(w * d for w, d in zip(FEDEX_WEIGHTS, digits[:-1], strict=True))
    return total % 11 % 10 == digits[-1]


def _one_two(text):
    """Modulo 10, weights 1 and 2; A counts 2, B counts 3 …, always modulo 10."""
    digits = [
        ord(char) - 48 if char.isdigit() else (ord(char) - 63) % 10 for char in text
    ]
    return (sum(digits[:-1:2]) + 2 * sum(digits[1:-1:2]) + digits[-1]) % 10 == 0


def ups(number):
    """UPS 1Z: what follows the 1Z, weights 1 and 2, letters as numbers.

    Source: UPS, "Guide to labeling", check digit of the tracking number.
    """
    return _one_two(number[2:])


def ups_waybill(number):
    """UPS waybill, a letter and 10 digits: the digits, weights 1 and 2.

    Source: worked out from the numbers published in tracking_number_data; the letter
    does not count.
    """
    return _one_two(number[1:])


def ontrac(number):
    """OnTrac, C or D and 14 digits: weights 1 and 2, C counts 4 and D counts 5.

    Source: tracking_number_data, OnTrac.
    """
    return _one_two(number)


def mod37_36(number):
    """ISO 7064 MOD 37,36, the last character is the check: labels of DPD.

    Source: ISO/IEC 7064, hybrid systems; DPD parcel label specification.
    """
    state = 36
    for char in number[:-1]:
        state = (state + BASE_36.index(char)) % 36 or 36
        state = state * 2 % 37
    return (state + BASE_36.index(number[-1])) % 36 == 1
